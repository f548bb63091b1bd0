using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Worker.Serving;
using Microsoft.Win32.SafeHandles;

namespace ControlPlane.Worker.Placements;

/// <summary>The pre-scan of a file that no runtime has seen yet.</summary>
public static class ArtifactScan
{
    /// <summary>What the file is made of and where it may run.</summary>
    /// <exception cref="VersionLoadException">It is not an ONNX model, or holds something that no model may have.</exception>
    public static ScannedArtifact Read(string path)
    {
        using var source = new FileBytes(path);
        var reading = OnnxGraphScan.Read(source);
        if (reading.Graph is not { } graph) throw new VersionLoadException(reading.Problems);
        var forbidden = EnginePlacement.FindForbidden(graph);
        return forbidden.Count == 0 ? new(graph, EnginePlacement.Decide(graph)) : throw new VersionLoadException(forbidden);
    }

    /// <summary>The same for the graph of a contract's onnx step; null where there is none. What is wrong is told as the step's.</summary>
    public static (GraphSource Source, ScannedArtifact Scan)? ReadGraph(string? path)
    {
        if (path is null) return null;
        try
        {
            var scan = Read(path);
            return (new(path, scan.Place.Place), scan);
        }
        catch (VersionLoadException cause)
        {
            throw new VersionLoadException([.. cause.Problems.Select(problem => new Problem(ContractFit.GraphPath, problem.Sentence))]);
        }
    }

    private sealed class FileBytes(string path) : IByteSource, IDisposable
    {
        private readonly SafeFileHandle _file = File.OpenHandle(path);

        public long Length => RandomAccess.GetLength(_file);

        public int Read(long offset, Span<byte> destination)
        {
            var read = 0;
            while (read < destination.Length && RandomAccess.Read(_file, destination[read..], offset + read) is > 0 and var more) read += more;
            return read;
        }

        public void Dispose() => _file.Dispose();
    }
}

/// <summary>A model's parts and the process it runs in.</summary>
public sealed record ScannedArtifact(OnnxGraph Graph, EnginePlacementDecision Place);
