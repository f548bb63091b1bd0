using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>An artifact that a version or a draft of the model has already, so that its bytes need not be sent again. Another model's is as unknown as none.</summary>
public sealed record FindArtifact(string Model, string Digest) : IRequest<StoredArtifact>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class FindArtifactValidator : AbstractValidator<FindArtifact>
{
    public FindArtifactValidator() => RuleFor(find => find.Digest).Matches("^sha256:[0-9a-f]{64}$")
        .OverridePropertyName("artifact_digest").WithMessage("must be sha256: and 64 hexadecimal digits in lower case");
}

internal sealed class FindArtifactHandler(ControlPlaneContext context) : IRequestHandler<FindArtifact, StoredArtifact>
{
    public async Task<StoredArtifact> Handle(FindArtifact request, CancellationToken cancellationToken)
    {
        var bytes = await context.Versions.Where(version => version.Model == request.Model && version.ArtifactDigest == request.Digest)
                .Select(version => (long?)version.ArtifactBytes).FirstOrDefaultAsync(cancellationToken)
            ?? await context.ContractDrafts.Where(draft => draft.Model == request.Model && draft.ArtifactDigest == request.Digest)
                .Select(draft => (long?)draft.ArtifactBytes).FirstOrDefaultAsync(cancellationToken);
        if (bytes is { } found) return new(request.Digest, found);
        var sentence = $"no version or draft of {request.Model} has an artifact {request.Digest}";
        throw new RefusedException(RefusalKind.NotFound, $"artifact_digest: {sentence}", [new Problem("artifact_digest", sentence)]);
    }
}
