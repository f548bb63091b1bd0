namespace ControlPlane.Domain.Registry;

/// <summary>
/// Where the bins of a distribution lie. Numbers: by deciles, which are Hyndman and Fan's definition 7 (R's default and numpy's "linear"): of n
/// sorted values the q-quantile lies at the place (n - 1) q, on the straight line between the two values beside it. For 1, 2, 3, 4 the first
/// quartile is at 0.75, so 1.75.
/// </summary>
public static class BaselineBins
{
    /// <summary>Bins of a number, between the lowest and the highest value of the reference.</summary>
    public const int Bins = 10;

    /// <summary>Values of a category that have a bin of their own.</summary>
    public const int MaxValues = 50;

    /// <summary>Values that a distribution needs: with fewer, ten bins say next to nothing.</summary>
    public const int MinValues = 20;

    /// <summary>
    /// Edges at the deciles of sorted values; deciles that fall together are one edge, so that edges rise strictly. A value that alone is more than
    /// a bin's share of them gets a bin of its own, or a shift away from it to its neighbours would not be seen.
    /// </summary>
    public static IReadOnlyList<double> DecileEdges(ReadOnlySpan<double> sorted, double lowest, double highest)
    {
        var edges = new SortedSet<double> { lowest, highest };
        for (var bin = 1; bin < Bins; bin++) edges.Add(Math.Clamp(Quantile(sorted, (double)bin / Bins), lowest, highest));
        for (var (begin, end) = (0, 0); begin < sorted.Length; begin = end)
        {
            for (end = begin; end < sorted.Length && sorted[end] == sorted[begin]; end++) { }
            if ((long)(end - begin) * Bins <= sorted.Length) continue;
            Isolate(sorted[begin], begin > 0 ? sorted[begin - 1] : lowest, end < sorted.Length ? sorted[end] : highest, edges);
        }

        return [.. edges];
    }

    /// <summary>Edges half way between few distinct values in rising order, so that each has a bin of its own.</summary>
    public static IReadOnlyList<double> EdgesAround(IReadOnlyList<double> values)
    {
        // One value alone: a bin just wide enough for it.
        if (values.Count == 1) return values[0] == double.MaxValue ? [double.BitDecrement(values[0]), values[0]] : [values[0], double.BitIncrement(values[0])];
        var edges = new List<double> { values[0] };
        for (var i = 1; i < values.Count; i++) edges.Add(Between(values[i - 1], values[i]));

        if (edges[^1] < values[^1]) edges.Add(values[^1]);
        else if (double.IsFinite(double.BitIncrement(values[^1]))) edges.Add(double.BitIncrement(values[^1]));
        return edges;
    }

    /// <summary>An edge at the value, and one before what follows it. The last bin holds its upper edge too, so the highest value is parted from those before it.</summary>
    private static void Isolate(double value, double before, double after, SortedSet<double> edges)
    {
        edges.Add(value);
        if (after > value && edges.GetViewBetween(double.BitIncrement(value), after).Count == 0) edges.Add(Between(value, after));
        if (after > value || before == value) return;
        var parting = Between(before, value);
        if (parting < value && edges.GetViewBetween(double.BitIncrement(before), double.BitDecrement(value)).Count == 0) edges.Add(parting);
        else if (parting == value && double.IsFinite(double.BitIncrement(value))) edges.Add(double.BitIncrement(value));
    }

    /// <summary>Half way; neighbours among doubles have nothing between them, so the upper one begins its own bin.</summary>
    private static double Between(double low, double high)
    {
        var middle = (low / 2) + (high / 2);
        return middle > low && middle < high ? middle : high;
    }

    /// <summary>The q-quantile of sorted values, definition 7.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double q)
    {
        var place = (sorted.Length - 1) * q;
        var below = (int)Math.Floor(place);
        if (below >= sorted.Length - 1) return sorted[^1];
        var (low, high, part) = (sorted[below], sorted[below + 1], place - below);
        var width = high - low;
        return double.IsFinite(width) ? low + (width * part) : (low * (1 - part)) + (high * part);
    }

    /// <summary>The bin of a number: 0 below the first edge, then one per interval, the last above the last edge.</summary>
    public static int IndexOf(IReadOnlyList<double> edges, double value)
    {
        var (low, high) = (0, edges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (edges[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low == edges.Count && value == edges[^1] ? low - 1 : low;
    }
}
