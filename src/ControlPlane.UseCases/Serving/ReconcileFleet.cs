using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlPlane.UseCases.Serving;

/// <summary>Scheduled: pushes the newest instruction to nodes that serve an older generation, and gives the checks of lost nodes to others.</summary>
public sealed record ReconcileFleet : IRequest, IPermitted
{
    public Permission? Needs => Permission.OperateFleet;
}

internal sealed class ReconcileFleetHandler(ControlPlaneContext context, CheckAssignment checks, FleetSettings fleet, FleetPush push, TimeProvider clock)
    : IRequestHandler<ReconcileFleet>
{
    public async Task<Unit> Handle(ReconcileFleet request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var all = await context.Nodes.AsNoTracking().OrderBy(node => node.Name).ToListAsync(cancellationToken);
        var live = all.Where(node => !node.IsLost(now, fleet.LeaseSeconds)).ToList();
        foreach (var node in live) await checks.TakeWaiting(node.Id, cancellationToken);
        foreach (var environment in live.GroupBy(node => node.Environment))
        {
            var splits = await context.Splits.Where(split => split.Environment == environment.Key)
                .ToDictionaryAsync(split => split.Model, split => split.Generation, cancellationToken);
            var behind = environment.Where(node => splits.Any(split => node.Generations.GetValueOrDefault(split.Key) < split.Value)).ToList();
            await push.Push(behind, cancellationToken);
        }

        return Unit.Value;
    }
}

/// <summary>Pushes to several nodes at once. One that does not answer gets the same instruction with its next report, so that is noted and not an error.</summary>
[UseCasePart]
internal sealed class FleetPush(INodeInstructions instructions, INodeGateway gateway, ILogger<FleetPush> log)
{
    public async Task Push(IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        var pushes = new List<Task>();
        foreach (var node in nodes)
        {
            // One query at a time over the one context; the pushes themselves run side by side.
            var instruction = await instructions.For(node, cancellationToken);
            pushes.Add(Push(new NodeAddress(node.Id, node.Name, node.Address, node.Key), instruction, cancellationToken));
        }

        await Task.WhenAll(pushes);
    }

    private async Task Push(NodeAddress node, NodeInstruction instruction, CancellationToken cancellationToken)
    {
        try
        {
            await gateway.Push(node, instruction, cancellationToken);
        }
        catch (NodeUnreachableException unreachable)
        {
            log.LogWarning("Node {Node} at {Address} did not take the newest instruction: {Reason}", node.Name, node.Address, unreachable.Message);
        }
    }
}
