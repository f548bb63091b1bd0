using ControlPlane.Domain.Access;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Writes a rollout down. Only a ready version may be proposed; one open rollout per model and environment.</summary>
public sealed record DraftRollout(string Model, int Version, string Environment, RolloutPlan Plan) : IRequest<RolloutView>, IPermitted
{
    public Permission? Needs => Plan.Kind == RolloutKind.Immediate ? Permission.ReleaseImmediately : Permission.ProposeRollout;
}
