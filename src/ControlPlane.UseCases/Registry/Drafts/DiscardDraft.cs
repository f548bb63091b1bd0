using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Throws a draft away.</summary>
public sealed record DiscardDraft(string Model, Guid Id) : IRequest<Unit>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class DiscardDraftHandler(ControlPlaneContext context) : IRequestHandler<DiscardDraft, Unit>
{
    public async Task<Unit> Handle(DiscardDraft request, CancellationToken cancellationToken)
    {
        var discarded = await context.ContractDrafts.Where(draft => draft.Id == request.Id && draft.Model == request.Model).ExecuteDeleteAsync(cancellationToken);
        return discarded > 0 ? Unit.Value : throw RefusedException.NotFound($"draft {request.Id} of the model {request.Model}");
    }
}
