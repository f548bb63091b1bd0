using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Changes a draft; what is null stays as it is. The contract may be wrong, or no JSON at all: that is what a draft is for.</summary>
/// <param name="Stamp">As it was read; when somebody saved since then: Conflict.</param>
public sealed record SaveDraft(string Model, Guid Id, Guid Stamp, string? Contract, string? Notes = null, string? ArtifactDigest = null) : IRequest<DraftView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class SaveDraftValidator : AbstractValidator<SaveDraft>
{
    public SaveDraftValidator()
    {
        RuleFor(request => request.Contract).Must(DraftText.IsStorable).WithMessage(DraftText.Rule);
        RuleFor(request => request.Notes).Must(DraftText.IsStorable).WithMessage(DraftText.Rule)
            .MaximumLength(Lengths.Paragraph).WithMessage($"must be at most {Lengths.Paragraph} characters long");
    }
}

internal sealed class SaveDraftHandler(ControlPlaneContext context, IMediator mediator, DraftReader reader, TimeProvider clock) : IRequestHandler<SaveDraft, DraftView>
{
    public async Task<DraftView> Handle(SaveDraft request, CancellationToken cancellationToken)
    {
        var draft = await reader.Find(request.Model, request.Id, cancellationToken);
        if (draft.Stamp != request.Stamp) throw Stale();
        if (request.ArtifactDigest is { } digest) (draft.ArtifactDigest, draft.ArtifactBytes) = await mediator.Send(new FindArtifact(request.Model, digest), cancellationToken);
        draft.ContractText = request.Contract ?? draft.ContractText;
        draft.Notes = request.Notes ?? draft.Notes;
        draft.ChangedAt = clock.GetUtcNow();
        draft.Stamp = Guid.NewGuid();
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Stale();
        }

        return await reader.View(draft, cancellationToken);
    }

    internal static RefusedException Stale() => new(RefusalKind.Conflict, "Somebody else changed this draft since it was read; read it again.");
}
