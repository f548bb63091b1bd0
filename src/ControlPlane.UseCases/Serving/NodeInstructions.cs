using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Serving;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Builds a node's instruction from the splits and open rollouts of its environment and the checks that were given to it.</summary>
[UseCasePart]
public sealed class NodeInstructions(ControlPlaneContext database) : INodeInstructions
{
    public async Task<NodeInstruction> For(Node node, CancellationToken cancellationToken)
    {
        var splits = await database.Splits.AsNoTracking()
            .Where(split => split.Environment == node.Environment).OrderBy(split => split.Model).ToListAsync(cancellationToken);
        var tried = await database.Rollouts.AsNoTracking().Where(row => row.Environment == node.Environment).Where(RolloutRow.NeedsPlacement)
            .Select(row => new { row.Model, row.Version }).ToListAsync(cancellationToken);
        var triedByModel = tried.ToLookup(version => version.Model, version => version.Version);
        var wanted = new HashSet<(string Model, int Version)>();
        foreach (var model in splits.Select(split => split.Model).Union(tried.Select(version => version.Model)))
        {
            var split = splits.Find(split => split.Model == model);
            wanted.UnionWith(PlacementPlan.Versions(split?.ToDomain(), triedByModel[model], split?.PreviousChampion).Select(version => (model, version)));
        }

        return new(await Placements(wanted, cancellationToken), [.. splits.Select(Order)], await Checks(node.Id, cancellationToken));
    }

    private static SplitOrder Order(Split split) =>
        new(split.Model, split.Generation, split.Champion, [.. split.Shares.Select(Order)], [.. split.Mirrors.Select(Order)], split.Salt);

    private static ShareOrder Order(TrafficShare share) => new(share.Version, share.ShareBasisPoints);

    private async Task<IReadOnlyList<PlacementOrder>> Placements(HashSet<(string Model, int Version)> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0) return [];
        // Every pairing of the names and the numbers is fetched, a few too many, so that it is one query over the key however many models there are.
        var models = wanted.Select(version => version.Model).Distinct().ToList();
        var numbers = wanted.Select(version => version.Version).Distinct().ToList();
        var orders = await database.Versions.AsNoTracking()
            .Where(version => models.Contains(version.Model) && numbers.Contains(version.Version))
            .Select(version => new PlacementOrder(
                version.Model, version.Version, version.ReleaseDigest, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest))
            .ToListAsync(cancellationToken);
        return [.. orders.Where(order => wanted.Contains((order.Model, order.Version))).OrderBy(order => order.Model, StringComparer.Ordinal).ThenBy(order => order.Version)];
    }

    private async Task<IReadOnlyList<CheckOrder>> Checks(Guid nodeId, CancellationToken cancellationToken) => await database.Versions.AsNoTracking()
        .Where(version => version.CheckNodeId == nodeId && version.Status == VersionStatus.Checking)
        .OrderBy(version => version.CheckAssignedAt)
        .Select(version => new CheckOrder(
            version.CheckId, version.Model, version.Version, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest))
        .ToListAsync(cancellationToken);
}
