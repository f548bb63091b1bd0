using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>Artifacts that stand in the store already and belong to a model.</summary>
[UseCasePart]
internal sealed class ModelArtifacts(ControlPlaneContext context, IArtifactStore store)
{
    /// <summary>The artifact of some version or draft of the model. A digest of another model's is refused: to know a digest is not to have the bytes.</summary>
    /// <exception cref="RefusedException">Invalid at <c>artifact_digest</c>.</exception>
    public async Task<StoredArtifact> Require(string model, string digest, CancellationToken cancellationToken)
    {
        var bytes = await context.Versions.Where(version => version.Model == model && version.ArtifactDigest == digest).Select(version => (long?)version.ArtifactBytes).FirstOrDefaultAsync(cancellationToken)
            ?? await context.ContractDrafts.Where(draft => draft.Model == model && draft.ArtifactDigest == digest).Select(draft => (long?)draft.ArtifactBytes).FirstOrDefaultAsync(cancellationToken);
        return bytes is { } known && await store.Has(digest, cancellationToken)
            ? new(digest, known)
            : throw RefusedException.Invalid("artifact_digest", $"{digest} is the artifact of no version and no draft of {model}");
    }

    /// <summary>The graph of an artifact, without opening it in any runtime.</summary>
    public async Task<OnnxGraphReading> Scan(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(digest, cancellationToken);
        return stream is null ? new(null, [new Problem("artifact", $"{digest} is not in the store")]) : OnnxGraphScan.Read(new StreamByteSource(stream));
    }
}
