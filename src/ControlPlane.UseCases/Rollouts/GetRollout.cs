using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>One rollout.</summary>
public sealed record GetRollout(long Id) : IRequest<RolloutView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

public sealed class GetRolloutHandler(RolloutReader reader) : IRequestHandler<GetRollout, RolloutView>
{
    public Task<RolloutView> Handle(GetRollout request, CancellationToken cancellationToken) => reader.View(request.Id, cancellationToken);
}
