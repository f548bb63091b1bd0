using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry;

/// <summary>Scans artifacts in the store as bytes; nothing is opened in a runtime.</summary>
[UseCasePart]
internal sealed class GraphReader(IArtifactStore store)
{
    /// <summary>The scan; null when the store does not have the artifact.</summary>
    public async Task<OnnxGraphReading?> Read(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(digest, cancellationToken);
        return stream is null ? null : OnnxGraphScan.Read(new StreamByteSource(stream));
    }
}
