using ControlPlane.Domain.Serving;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Node;

/// <summary>Decides which split of a model the node serves.</summary>
public static class SplitApplication
{
    /// <summary>
    /// The known split once every version in it is ready; until then the one that was applied before. A node that has applied none yet (it has just
    /// started) serves the part of the known split that is ready, as long as the champion is.
    /// </summary>
    /// <param name="applied">The split that this process applied in full before; null when none.</param>
    public static AppliedSplit Next(SplitOrder known, TrafficSplit? applied, Func<int, bool> isReady)
    {
        if (applied is not null && applied.Generation >= known.Generation) return new(applied, applied, null);
        var wanted = ToSplit(known);
        var missing = KnownState.VersionsOf(known).Select(named => named.Version).Where(version => !isReady(version)).ToList();
        if (missing.Count == 0) return new(wanted, wanted, null);
        var refusal = $"generation {known.Generation} waits for version {string.Join(", ", missing)}, not loaded yet";
        return new(applied ?? (isReady(known.Champion) ? Restricted(wanted, isReady) : null), applied, refusal);
    }

    private static TrafficSplit Restricted(TrafficSplit split, Func<int, bool> isReady) => split with
    {
        Shares = [.. split.Shares.Where(share => isReady(share.Version))],
        Mirrors = [.. split.Mirrors.Where(share => isReady(share.Version))],
    };

    private static TrafficSplit ToSplit(SplitOrder order) =>
        new(order.Model, order.Generation, order.Champion, ToShares(order.Shares), ToShares(order.Mirrors), order.Salt);

    private static List<TrafficShare> ToShares(IReadOnlyList<ShareOrder> orders) => [.. orders.Select(order => new TrafficShare(order.Version, order.ShareBasisPoints))];
}

/// <summary>What a node does with a model's traffic.</summary>
/// <param name="Served">The split in force; null when the champion is not ready.</param>
/// <param name="Applied">The newest split that is in force in full; its generation is what the node acknowledges.</param>
/// <param name="Refusal">Why the known split is not in force in full; null when it is.</param>
public sealed record AppliedSplit(TrafficSplit? Served, TrafficSplit? Applied, string? Refusal);
