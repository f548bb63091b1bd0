using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>Artifacts that stand in the store already and belong to a model.</summary>
[UseCasePart]
internal sealed class ModelArtifacts(IMediator mediator, IArtifactStore store)
{
    /// <summary>The artifact of some version or draft of the model. To know the digest of another model's is not to have its bytes.</summary>
    /// <exception cref="RefusedException">NotFound, naming <c>artifact_digest</c>.</exception>
    public Task<StoredArtifact> Require(string model, string digest, CancellationToken cancellationToken) => mediator.Send(new FindArtifact(model, digest), cancellationToken);

    /// <summary>The graph of an artifact, without opening it in any runtime.</summary>
    public async Task<OnnxGraphReading> Scan(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(digest, cancellationToken);
        return stream is null ? new(null, [new Problem("artifact", $"{digest} is not in the store")]) : OnnxGraphScan.Read(new StreamByteSource(stream));
    }
}
