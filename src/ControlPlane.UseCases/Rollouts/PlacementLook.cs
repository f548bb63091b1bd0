using ControlPlane.Domain.Rollouts;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>What the nodes' reports say about the placement of a rollout's version.</summary>
public static class PlacementLook
{
    /// <summary>A node tries again by itself; a failure that lasts longer is taken for what it is.</summary>
    public const int PatienceSeconds = 180;

    /// <summary>
    /// Placed when every node that is alive has the version ready (and there is one), failed when one still cannot load it after the patience; null: wait.
    /// </summary>
    /// <param name="since">When the placing began.</param>
    public static RolloutEvent? Event(RolloutRow row, IReadOnlyList<Node> alive, int? champion, DateTimeOffset since, DateTimeOffset now)
    {
        var placements = alive.Select(node => (Node: node, Placement: Of(row, node))).ToList();
        if (placements.Count > 0 && placements.All(at => at.Placement?.State == PlacementState.Ready)) return new Placed(now, champion);
        if ((now - since).TotalSeconds < PatienceSeconds) return null;
        return placements.Where(at => at.Placement?.State == PlacementState.Failed)
            .Select(at => new PlacementFailed(now, $"{at.Node.Name} cannot load version {row.Version}: {at.Placement!.Reason ?? "it gives no reason"}"))
            .FirstOrDefault();
    }

    private static PlacementReport? Of(RolloutRow row, Node node) =>
        node.Placements.FirstOrDefault(placement => placement.Model == row.Model && placement.Version == row.Version && placement.ReleaseDigest == row.ReleaseDigest);
}
