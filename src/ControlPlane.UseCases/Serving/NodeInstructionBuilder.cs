using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Says all that a node of an environment must have loaded and do. Complete: applying the newest one is always enough.</summary>
[UseCasePart]
public sealed class NodeInstructionBuilder(ControlPlaneContext context)
{
    /// <summary>For one node: what its environment needs, and the checks that are its own.</summary>
    public async Task<NodeInstruction> Build(string environment, Guid nodeId, CancellationToken cancellationToken) =>
        (await BuildAll(environment, [nodeId], cancellationToken))[nodeId];

    /// <summary>For several nodes of one environment, with as many queries as for one.</summary>
    public async Task<IReadOnlyDictionary<Guid, NodeInstruction>> BuildAll(string environment, IReadOnlyCollection<Guid> nodeIds, CancellationToken cancellationToken)
    {
        var shared = await BuildShared(environment, cancellationToken);
        var checks = await ChecksOf(nodeIds, cancellationToken);
        return nodeIds.ToDictionary(nodeId => nodeId, nodeId => shared with { Checks = [.. checks[nodeId]] });
    }

    private async Task<NodeInstruction> BuildShared(string environment, CancellationToken cancellationToken)
    {
        var splits = await context.Splits.AsNoTracking().Where(split => split.Environment == environment).OrderBy(split => split.Model).ToListAsync(cancellationToken);
        var open = await context.Rollouts.Where(rollout => rollout.Environment == environment && rollout.OpenSlot != null)
            .Select(rollout => new { rollout.Model, rollout.Version, rollout.Phase }).ToListAsync(cancellationToken);
        var tried = open.Where(rollout => rollout.Phase.NeedsPlacement()).ToLookup(rollout => rollout.Model, rollout => rollout.Version);
        var needed = new HashSet<(string Model, int Version)>();
        foreach (var model in splits.Select(split => split.Model).Union(tried.Select(group => group.Key)))
        {
            var split = splits.Find(split => split.Model == model);
            needed.UnionWith(PlacementPlan.Versions(split?.ToDomain(), tried[model], split?.PreviousChampion).Select(version => (model, version)));
        }

        return new(await PlacementsOf(needed, cancellationToken), [.. splits.Select(ToOrder)], []);
    }

    private async Task<IReadOnlyList<PlacementOrder>> PlacementsOf(HashSet<(string Model, int Version)> needed, CancellationToken cancellationToken)
    {
        if (needed.Count == 0) return [];
        // Every pairing of the names and the numbers is fetched, a few too many, so that it stays one query over the key.
        var models = needed.Select(version => version.Model).Distinct().ToList();
        var numbers = needed.Select(version => version.Version).Distinct().ToList();
        var orders = await context.Versions.Where(version => models.Contains(version.Model) && numbers.Contains(version.Version))
            .Select(version => new PlacementOrder(
                version.Model, version.Version, version.ReleaseDigest, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest))
            .ToListAsync(cancellationToken);
        return [.. orders.Where(order => needed.Contains((order.Model, order.Version))).OrderBy(order => order.Model, StringComparer.Ordinal).ThenBy(order => order.Version)];
    }

    private async Task<ILookup<Guid, CheckOrder>> ChecksOf(IReadOnlyCollection<Guid> nodeIds, CancellationToken cancellationToken)
    {
        // All that are being checked, which are few, so that no list of nodes has to be sent to the database.
        var checking = await context.Versions.AsNoTracking().Where(version => version.Status == VersionStatus.Checking && version.CheckNodeId != null)
            .OrderBy(version => version.CreatedAt).ToListAsync(cancellationToken);
        return checking.Where(version => nodeIds.Contains(version.CheckNodeId!.Value)).ToLookup(version => version.CheckNodeId!.Value, ToOrder);
    }

    private static CheckOrder ToOrder(ModelVersion version) => new(
        version.CheckId, version.Model, version.Version, version.ArtifactDigest, version.ArtifactBytes, version.ContractJson, version.GoldenDigest);

    private static SplitOrder ToOrder(Split split) => new(
        split.Model, split.Generation, split.Champion, [.. split.Shares.Select(ToOrder)], [.. split.Mirrors.Select(ToOrder)], split.Salt);

    private static ShareOrder ToOrder(TrafficShare share) => new(share.Version, share.ShareBasisPoints);
}
