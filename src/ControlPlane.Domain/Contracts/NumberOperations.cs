namespace ControlPlane.Domain.Contracts;

internal sealed class NumberCopy(int from, int into, int width) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into) => from.CopyTo(into);
}

internal sealed class NumberImputation(int from, int into, int width, double value) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = double.IsNaN(from[i]) ? value : from[i];
    }
}

internal sealed class NumberIndicator(int from, int into, int width) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = double.IsNaN(from[i]) ? 1 : 0;
    }
}

internal sealed class Clipping(int from, int into, int width, double min, double max) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        // Comparisons with NaN are false, so that what is missing stays missing.
        for (var i = 0; i < from.Length; i++) into[i] = from[i] < min ? min : from[i] > max ? max : from[i];
    }
}

internal sealed class LogOnePlus(int from, int into, int width) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = Of(from[i]);
    }

    /// <summary>
    /// ln(1 + x), exact to rounding for tiny x too, where 1 + x forgets x: Kahan's correction x · ln(u) / (u − 1) with u = 1 + x
    /// (Goldberg 1991, theorem 4). Assumes correctly rounded arithmetic. Example: 1e-10 gives 9.9999999995e-11.
    /// </summary>
    internal static double Of(double x)
    {
        var u = 1 + x;
        if (u == 1) return x;
        return double.IsFinite(u) && u > 0 ? Math.Log(u) * (x / (u - 1)) : Math.Log(u);
    }
}

internal sealed class Standardization(int from, int into, int width, double mean, double scale) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = (from[i] - mean) / scale;
    }
}

internal sealed class MinMaxScaling(int from, int into, int width, MinMaxStep step) : NumberOperation(from, into, width)
{
    private readonly double _span = step.Max - step.Min;
    private readonly double _range = step.High - step.Low;

    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++)
        {
            var scaled = (from[i] - step.Min) / _span * _range + step.Low;
            into[i] = !step.Clip ? scaled : scaled < step.Low ? step.Low : scaled > step.High ? step.High : scaled;
        }
    }
}

internal sealed class Truncation(int from, int into, int width) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        // Adding 0 makes the negative zero of -0.5 a plain one.
        for (var i = 0; i < from.Length; i++) into[i] = Math.Truncate(from[i]) + 0.0;
    }
}

internal sealed class Flagging(int from, int into, int width) : NumberOperation(from, into, width)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = double.IsNaN(from[i]) ? double.NaN : from[i] != 0 ? 1 : 0;
    }
}

internal sealed class NumberOrdinals(int from, int into, NumberPlaces places, double unseen, double missing) : NumberOperation(from, into, 1)
{
    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++)
            into[i] = double.IsNaN(from[i]) ? missing : places.Find(from[i]) is >= 0 and var place ? place : unseen;
    }
}

internal sealed class Bucketing(int from, int into, IReadOnlyList<double> edges) : NumberOperation(from, into, 1)
{
    private readonly double[] _inner = InnerEdges(edges);

    protected override void Apply(ReadOnlySpan<double> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = double.IsNaN(from[i]) ? double.NaN : Find(_inner, from[i]);
    }

    /// <summary>The edges between bins: the outermost ones bound nothing, as what lies outside belongs to the first and the last bin.</summary>
    internal static double[] InnerEdges(IReadOnlyList<double> edges) => [.. edges.Skip(1).SkipLast(1)];

    /// <summary>How many inner edges the value has reached.</summary>
    internal static int Find(ReadOnlySpan<double> inner, double value)
    {
        var (low, high) = (0, inner.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (inner[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
