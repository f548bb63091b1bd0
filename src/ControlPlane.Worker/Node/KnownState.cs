using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Node;

/// <summary>What the node knows it has to load and to serve: the sum of the instructions so far.</summary>
public sealed record KnownState(IReadOnlyList<KnownPlacement> Placements, IReadOnlyList<KnownSplit> Splits)
{
    /// <summary>Instructions travel two ways and may overtake each other, so what one does not name is let go only when it stays unnamed for so long.</summary>
    public static readonly TimeSpan KeptUnnamed = TimeSpan.FromSeconds(10);

    public static KnownState Empty { get; } = new([], []);

    public static KnownState Of(NodeInstruction instruction) => Empty.After(instruction, DateTimeOffset.MinValue);

    /// <summary>
    /// The state after an instruction: of each model the split with the newest generation, of each version the newest order. A version that a
    /// known split names is kept whatever the instruction says.
    /// </summary>
    public KnownState After(NodeInstruction instruction, DateTimeOffset now)
    {
        var splits = Splits.ToDictionary(known => known.Order.Model, known => Unnamed(known, now), StringComparer.Ordinal);
        foreach (var order in instruction.Splits)
        {
            var newest = splits.TryGetValue(order.Model, out var known) && known.Order.Generation >= order.Generation ? known.Order : order;
            splits[order.Model] = new(newest, null);
        }

        var kept = splits.Values.Where(split => !IsOver(split.UnnamedSince, now)).ToList();
        var inUse = kept.SelectMany(split => VersionsOf(split.Order)).ToHashSet();
        var named = instruction.Placements.Select(order => new KnownPlacement(order, null)).DistinctBy(known => known.Key).ToList();
        var keys = named.Select(known => known.Key).ToHashSet();
        var unnamed = Placements
            .Where(known => !keys.Contains(known.Key))
            .Select(known => known with { UnnamedSince = known.UnnamedSince ?? now })
            .Where(known => !IsOver(known.UnnamedSince, now) || inUse.Contains(known.Key));
        return new([.. named, .. unnamed], kept);
    }

    /// <summary>The same as one instruction, as it is kept on the disk.</summary>
    public NodeInstruction ToInstruction() => new([.. Placements.Select(known => known.Order)], [.. Splits.Select(known => known.Order)], []);

    /// <summary>Every version that the split names.</summary>
    public static IEnumerable<(string Model, int Version)> VersionsOf(SplitOrder split) =>
        split.Shares.Concat(split.Mirrors).Select(share => share.Version).Prepend(split.Champion).Distinct().Select(version => (split.Model, version));

    private static KnownSplit Unnamed(KnownSplit known, DateTimeOffset now) => known with { UnnamedSince = known.UnnamedSince ?? now };

    private static bool IsOver(DateTimeOffset? unnamedSince, DateTimeOffset now) => unnamedSince is { } since && now - since >= KeptUnnamed;
}

/// <summary>A placement, and since when no instruction named it.</summary>
public sealed record KnownPlacement(PlacementOrder Order, DateTimeOffset? UnnamedSince)
{
    public (string Model, int Version) Key => (Order.Model, Order.Version);
}

/// <summary>A split, and since when no instruction named its model.</summary>
public sealed record KnownSplit(SplitOrder Order, DateTimeOffset? UnnamedSince);
