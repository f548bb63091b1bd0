using System.Collections.Concurrent;
using System.Security.Cryptography;
using ControlPlane.UseCases.Registry;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>Artifacts by digest, in memory.</summary>
public sealed class MemoryArtifactStore : IArtifactStore
{
    private readonly ConcurrentDictionary<string, byte[]> _artifacts = new(StringComparer.Ordinal);

    public async Task<StoredArtifact> Store(Stream content, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.ToArray();
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        _artifacts[digest] = bytes;
        return new(digest, bytes.Length);
    }

    public Task<Stream?> Open(string digest, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_artifacts.TryGetValue(digest, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    public Task<bool> Has(string digest, CancellationToken cancellationToken) => Task.FromResult(_artifacts.ContainsKey(digest));

    public Task<bool> IsWritable(CancellationToken cancellationToken) => Task.FromResult(true);
}
