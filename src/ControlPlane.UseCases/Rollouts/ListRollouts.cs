using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Rollouts, newest first, at most <paramref name="Take"/>; optionally one model's or only the open ones.</summary>
public sealed record ListRollouts(string? Model = null, string? Environment = null, bool OpenOnly = false, int Take = 100) : IRequest<IReadOnlyList<RolloutView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}
