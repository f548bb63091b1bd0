using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>One draft, judged as it stands.</summary>
public sealed record GetDraft(string Model, Guid Id) : IRequest<DraftView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class GetDraftHandler(DraftReader reader) : IRequestHandler<GetDraft, DraftView>
{
    public async Task<DraftView> Handle(GetDraft request, CancellationToken cancellationToken) =>
        await reader.View(await reader.Find(request.Model, request.Id, cancellationToken), cancellationToken);
}
