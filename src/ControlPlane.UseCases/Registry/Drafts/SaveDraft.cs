using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;

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

internal sealed class SaveDraftHandler(DraftWriter writer, IMediator mediator) : IRequestHandler<SaveDraft, DraftView>
{
    public async Task<DraftView> Handle(SaveDraft request, CancellationToken cancellationToken)
    {
        var draft = await writer.Open(request.Model, request.Id, request.Stamp, cancellationToken);
        if (request.ArtifactDigest is { } digest) (draft.ArtifactDigest, draft.ArtifactBytes) = await mediator.Send(new FindArtifact(request.Model, digest), cancellationToken);
        draft.ContractText = request.Contract ?? draft.ContractText;
        draft.Notes = request.Notes ?? draft.Notes;
        return await writer.Keep(draft, cancellationToken);
    }
}
