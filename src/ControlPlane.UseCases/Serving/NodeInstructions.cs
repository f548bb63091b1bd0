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
        return new(await Placements(node.Environment, splits, cancellationToken), [.. splits.Select(Order)], await Checks(node.Id, cancellationToken));
    }

    private static SplitOrder Order(Split split) =>
        new(split.Model, split.Generation, split.Champion, [.. split.Shares.Select(Order)], [.. split.Mirrors.Select(Order)], split.Salt);

    private static ShareOrder Order(TrafficShare share) => new(share.Version, share.ShareBasisPoints);

    private async Task<IReadOnlyList<PlacementOrder>> Placements(string environment, IReadOnlyList<Split> splits, CancellationToken cancellationToken)
    {
        var tried = await database.Rollouts.AsNoTracking().Where(row => row.Environment == environment).Where(RolloutRow.NeedsPlacement)
            .Select(row => new { row.Model, row.Version }).ToListAsync(cancellationToken);
        var byModel = splits.ToDictionary(split => split.Model);
        var orders = new List<PlacementOrder>();
        foreach (var model in byModel.Keys.Union(tried.Select(version => version.Model)).Order(StringComparer.Ordinal))
        {
            var split = byModel.GetValueOrDefault(model);
            var wanted = PlacementPlan.Versions(split?.ToDomain(), tried.Where(version => version.Model == model).Select(version => version.Version), split?.PreviousChampion);
            orders.AddRange(await database.Versions.AsNoTracking()
                .Where(version => version.Model == model && wanted.Contains(version.Version)).OrderBy(version => version.Version)
                .Select(version => new PlacementOrder(
                    version.Model, version.Version, version.ReleaseDigest, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest))
                .ToListAsync(cancellationToken));
        }

        return orders;
    }

    private async Task<IReadOnlyList<CheckOrder>> Checks(Guid nodeId, CancellationToken cancellationToken) => await database.Versions.AsNoTracking()
        .Where(version => version.CheckNodeId == nodeId && version.Status == VersionStatus.Checking)
        .OrderBy(version => version.CheckAssignedAt)
        .Select(version => new CheckOrder(
            version.CheckId, version.Model, version.Version, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest))
        .ToListAsync(cancellationToken);
}
