namespace ControlPlane.Domain.Contracts;

/// <summary>
/// The operations on an output tensor's values, each over all rows at once. Rows lie one behind the other, <c>width</c> values each. NaN stays NaN, so that
/// the response check finds it.
/// </summary>
public static class Postprocessing
{
    /// <summary>1 / (1 + e^-x) in place, as scipy.special.expit: no overflow at either end, 0 for -∞ and 1 for ∞.</summary>
    public static void Sigmoid(Span<double> values)
    {
        foreach (ref var value in values)
        {
            // Each branch takes e to a power that is not above 0.
            if (value >= 0)
            {
                value = 1 / (1 + Math.Exp(-value));
            }
            else
            {
                var power = Math.Exp(value);
                value = power / (1 + power);
            }
        }
    }

    /// <summary>e^x / Σ e^x over each row in place, as scipy.special.softmax: the row's largest value is taken off first, so that nothing overflows.</summary>
    public static void Softmax(Span<double> values, int width)
    {
        for (; !values.IsEmpty; values = values[width..])
        {
            var row = values[..width];
            var largest = double.NegativeInfinity;
            foreach (var value in row) largest = Math.Max(largest, value);
            var sum = 0.0;
            foreach (ref var value in row) sum += value = Math.Exp(value - largest);
            foreach (ref var value in row) value /= sum;
        }
    }

    /// <summary>
    /// The place of each row's largest value, the first of equals as in numpy.argmax. A row with a NaN or ∞, or with nothing but -∞, has no largest value
    /// that can be trusted: its place is NaN.
    /// </summary>
    public static void Argmax(ReadOnlySpan<double> values, int width, Span<double> places)
    {
        for (var row = 0; row < places.Length; row++) places[row] = PlaceOfLargest(values.Slice(row * width, width));
    }

    /// <summary>
    /// The table's value for each value in place: straight lines between its points, level beyond the ends, as scikit-learn's IsotonicRegression with
    /// out_of_bounds="clip" predicts and numpy.interp computes.
    /// </summary>
    public static void Calibrate(Span<double> values, CalibrateStep table)
    {
        var (from, to) = (table.From, table.To);
        var last = from.Count - 1;
        foreach (ref var value in values)
        {
            if (double.IsNaN(value)) continue;
            if (value <= from[0])
            {
                value = to[0];
            }
            else if (value >= from[last])
            {
                value = to[last];
            }
            else
            {
                var below = LastAtOrBelow(from, value);
                // The point itself is exact, whatever the slope rounds to.
                value = value == from[below] ? to[below]
                    : to[below] + (value - from[below]) * ((to[below + 1] - to[below]) / (from[below + 1] - from[below]));
            }
        }
    }

    private static double PlaceOfLargest(ReadOnlySpan<double> row)
    {
        var (place, largest) = (double.NaN, double.NegativeInfinity);
        for (var i = 0; i < row.Length; i++)
        {
            if (double.IsNaN(row[i]) || double.IsPositiveInfinity(row[i])) return double.NaN;
            if (row[i] > largest) (place, largest) = (i, row[i]);
        }

        return place;
    }

    /// <summary>Place of the last point that is not above the value, which lies between the first and the last.</summary>
    private static int LastAtOrBelow(IReadOnlyList<double> points, double value)
    {
        var (low, high) = (0, points.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (points[middle] <= value) low = middle;
            else high = middle;
        }

        return low;
    }
}
