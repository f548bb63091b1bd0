namespace ControlPlane.Domain.Statistics;

/// <summary>
/// Distribution-free bounds of a quantile by order statistics (Hahn and Meeker, "Statistical Intervals", 1991, section 5.2): the number of observations
/// below the true q-quantile is binomial(n, q), so the l-th smallest observation lies above it with probability at most P(Bin(n, q) &lt; l).
/// Assumes independent observations. Worked example: n = 1000, q = 0.99, α = 0.05: the 985th smallest bounds it from below, the 996th from above.
/// </summary>
public static class QuantileBounds
{
    /// <summary>Rank (1-based) of the observation that is a lower bound at one-sided level <paramref name="alpha"/>; null when there are too few.</summary>
    public static long? LowerRank(long count, double q, double alpha)
    {
        // Largest l with P(Bin <= l - 1) <= alpha.
        var rank = FirstAbove(count, q, alpha);
        return rank == 0 ? null : rank;
    }

    /// <summary>Rank (1-based) of the observation that is an upper bound at one-sided level <paramref name="alpha"/>; null when there are too few.</summary>
    public static long? UpperRank(long count, double q, double alpha)
    {
        // Smallest u with P(Bin <= u - 1) >= 1 - alpha.
        long low = 1, high = count + 1;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (AtMost(middle - 1, count, q) >= 1 - alpha) high = middle;
            else low = middle + 1;
        }

        return low > count ? null : low;
    }

    /// <summary>P(Bin(n, q) &lt;= k) = I_{1−q}(n − k, k + 1).</summary>
    public static double AtMost(long k, long count, double q) =>
        k < 0 ? 0 : k >= count ? 1 : SpecialFunctions.RegularisedBeta(1 - q, count - k, k + 1);

    private static long FirstAbove(long count, double q, double alpha)
    {
        long low = 0, high = count;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (AtMost(middle, count, q) > alpha) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
