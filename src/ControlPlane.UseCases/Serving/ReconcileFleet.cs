using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>Scheduled: pushes the newest instruction to nodes that serve an older generation, and gives the checks of lost nodes to others.</summary>
public sealed record ReconcileFleet : IRequest, IPermitted
{
    public Permission? Needs => Permission.OperateFleet;
}
