using System.Text.Json;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Node;

/// <summary>What the node remembers over a restart: who it is and what it was last told.</summary>
public sealed class NodeDirectory
{
    private readonly string _identityPath;
    private readonly string _instructionPath;
    private readonly ILogger<NodeDirectory> _log;
    private byte[] _written = [];

    public NodeDirectory(NodeSettings settings, ILogger<NodeDirectory> log)
    {
        _log = log;
        _identityPath = Path.Combine(settings.Directory, "identity.json");
        _instructionPath = Path.Combine(settings.Directory, "instruction.json");
        Directory.CreateDirectory(settings.Directory);
        foreach (var left in Directory.EnumerateFiles(settings.Directory, "*.tmp")) File.Delete(left);
    }

    public NodeIdentity? ReadIdentity() => Read<NodeIdentity>(_identityPath);

    public void WriteIdentity(NodeIdentity identity) => Write(_identityPath, JsonSerializer.SerializeToUtf8Bytes(identity, NodeJson.Options), ownerOnly: true);

    public NodeInstruction? ReadInstruction() => Read<NodeInstruction>(_instructionPath);

    /// <summary>Writes only what differs from the last write: reports bring the same instruction every second.</summary>
    public void WriteInstruction(NodeInstruction instruction)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(instruction, NodeJson.Options);
        if (content.AsSpan().SequenceEqual(_written)) return;
        if (Write(_instructionPath, content, ownerOnly: false)) _written = content;
    }

    /// <summary>A full disk must not stop a node that serves: it is logged, and the next change tries again.</summary>
    private bool Write(string path, byte[] content, bool ownerOnly)
    {
        try
        {
            AtomicFile.Write(path, content, ownerOnly);
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _log.LogError(cause, "Could not write {Path}; after a restart the node would know an older state", path);
            return false;
        }
    }

    private T? Read<T>(string path) where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), NodeJson.Options) : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            _log.LogError(cause, "Could not read {Path}; the node starts without it and asks its control plane", path);
            return null;
        }
    }
}
