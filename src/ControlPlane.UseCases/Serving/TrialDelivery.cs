using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node's answer to a trial.</summary>
internal sealed record DeliveredTrial(string Node, TrialAnswer Answer);

/// <summary>Finds a live node for a trial, one that has the release loaded before others, and the next one when it does not answer.</summary>
[UseCasePart]
internal sealed class TrialDelivery(ControlPlaneContext context, INodeGateway gateway, FleetSettings fleet, TimeProvider clock)
{
    /// <param name="row">Null: the golden samples.</param>
    public async Task<DeliveredTrial> Deliver(string model, int number, TrialRow? row, CancellationToken cancellationToken)
    {
        var order = await Order(model, number, row, cancellationToken);
        var unreachable = new List<string>();
        foreach (var node in await Nodes(order, cancellationToken))
        {
            try
            {
                var answer = await gateway.Try(new(node.Id, node.Name, node.Address, node.Key), order, cancellationToken);
                if (answer.Failure is { } failure) throw new RefusedException(RefusalKind.Conflict, $"Version {number} of {model} cannot be tried on {node.Name}: {failure}");
                return new(node.Name, answer);
            }
            catch (NodeUnreachableException fault)
            {
                unreachable.Add(fault.Message);
            }
        }

        throw new RefusedException(RefusalKind.Unavailable, unreachable.Count == 0
            ? "No node reports, and a version is tried on a node. Start one and try again."
            : $"No node could try it: {string.Join(" ", unreachable)}");
    }

    private async Task<TrialOrder> Order(string model, int number, TrialRow? row, CancellationToken cancellationToken)
    {
        var version = await context.Versions.AsNoTracking().SingleOrDefaultAsync(version => version.Model == model && version.Version == number, cancellationToken)
            ?? throw RefusedException.NotFound($"version {number} of the model {model}");
        if (version.Status == VersionStatus.Archived) throw new RefusedException(RefusalKind.Conflict, $"Version {number} of {model} is archived.");
        if (row is null && version.GoldenDigest is null) throw new RefusedException(RefusalKind.Conflict, $"Version {number} of {model} came without golden samples.");
        return new(model, number, version.ReleaseDigest, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest, row);
    }

    private async Task<IReadOnlyList<Node>> Nodes(TrialOrder order, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().AddSeconds(-fleet.LeaseSeconds);
        var alive = await context.Nodes.AsNoTracking().Where(node => node.LastReportAt >= since).ToListAsync(cancellationToken);
        return [.. alive.OrderByDescending(node => HasLoaded(node, order)).ThenByDescending(node => node.Ready).ThenBy(node => node.Name, StringComparer.Ordinal)];
    }

    private static bool HasLoaded(Node node, TrialOrder order) => node.Placements.Any(placement =>
        placement.State == PlacementState.Ready && placement.Model == order.Model && placement.Version == order.Version && placement.ReleaseDigest == order.ReleaseDigest);
}
