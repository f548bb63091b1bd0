using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Scheduled, every two seconds: looks at every open rollout, judges its gates and moves it on. Safe to run twice and to be killed anywhere.</summary>
public sealed record AdvanceRollouts : IRequest, IPermitted
{
    public Permission? Needs => Permission.PromoteRollout;
}
