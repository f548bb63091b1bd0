using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>The drafts of a model, the one changed last first.</summary>
public sealed record ListDrafts(string Model) : IRequest<IReadOnlyList<DraftSummary>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class ListDraftsHandler(ControlPlaneContext context) : IRequestHandler<ListDrafts, IReadOnlyList<DraftSummary>>
{
    public async Task<IReadOnlyList<DraftSummary>> Handle(ListDrafts request, CancellationToken cancellationToken)
    {
        if (!await context.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        return await context.ContractDrafts.Where(draft => draft.Model == request.Model).OrderByDescending(draft => draft.ChangedAt).ThenBy(draft => draft.Id)
            .Select(draft => new DraftSummary(draft.Id, draft.Source, draft.Notes, draft.ArtifactDigest, draft.ArtifactBytes, draft.CreatedBy, draft.ChangedAt, draft.Stamp))
            .ToListAsync(cancellationToken);
    }
}
