using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>
/// A new draft: of a version (its contract, artifact and golden samples), of an artifact of the model, of a contract's text, or of several:
/// what is given beside <paramref name="FromVersion"/> takes the place of that version's own. Without a contract one is inferred from the artifact.
/// </summary>
public sealed record CreateDraft(string Model, int? FromVersion = null, string? ArtifactDigest = null, string? Contract = null, string? Notes = null) : IRequest<DraftView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class CreateDraftValidator : AbstractValidator<CreateDraft>
{
    public CreateDraftValidator()
    {
        RuleFor(request => request.FromVersion).NotNull().When(request => request.ArtifactDigest is null && request.Contract is null)
            .WithMessage("is missing: give from_version, artifact_digest or contract");
        RuleFor(request => request.Contract).Must(DraftText.IsStorable).WithMessage(DraftText.Rule);
        RuleFor(request => request.Notes).Must(DraftText.IsStorable).WithMessage(DraftText.Rule)
            .MaximumLength(Lengths.Paragraph).WithMessage($"must be at most {Lengths.Paragraph} characters long");
    }
}

internal sealed class CreateDraftHandler(ControlPlaneContext context, IMediator mediator, DraftReader reader, ICurrentCaller currentCaller, TimeProvider clock)
    : IRequestHandler<CreateDraft, DraftView>
{
    public async Task<DraftView> Handle(CreateDraft request, CancellationToken cancellationToken)
    {
        if (!await context.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        var version = request.FromVersion is { } number ? await Find(request.Model, number, cancellationToken) : null;
        var artifact = request.ArtifactDigest is { } digest ? await mediator.Send(new FindArtifact(request.Model, digest), cancellationToken)
            : version is not null ? new StoredArtifact(version.ArtifactDigest, version.ArtifactBytes) : null;
        var now = clock.GetUtcNow();
        var draft = new ContractDraft
        {
            Id = Guid.CreateVersion7(),
            Model = request.Model,
            ArtifactDigest = artifact?.Digest,
            ArtifactBytes = artifact?.Bytes ?? 0,
            GoldenDigest = version?.GoldenDigest,
            ContractText = request.Contract ?? (version is not null ? DraftText.Indented(version.ContractJson) : await Inferred(artifact!, cancellationToken)),
            Notes = request.Notes ?? "",
            Source = version is not null ? $"version {version.Version}" : artifact is not null ? "artifact" : "contract",
            CreatedAt = now,
            CreatedBy = currentCaller.Caller.Name,
            ChangedAt = now,
            Stamp = Guid.NewGuid(),
        };
        context.ContractDrafts.Add(draft);
        await context.SaveChangesAsync(cancellationToken);
        return await reader.View(draft, cancellationToken);
    }

    private async Task<ModelVersion> Find(string model, int number, CancellationToken cancellationToken) =>
        await context.Versions.AsNoTracking().SingleOrDefaultAsync(version => version.Model == model && version.Version == number, cancellationToken)
        ?? throw RefusedException.Invalid("from_version", $"there is no version {number} of {model}");

    private async Task<string> Inferred(StoredArtifact artifact, CancellationToken cancellationToken)
    {
        var check = await mediator.Send(new CheckContract(null, artifact.Digest), cancellationToken);
        return check.SignatureContract is { } contract ? DraftText.Indented(contract) : "";
    }
}
