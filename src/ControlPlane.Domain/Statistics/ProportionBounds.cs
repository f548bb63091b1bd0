namespace ControlPlane.Domain.Statistics;

/// <summary>An interval that holds the true value with the stated confidence.</summary>
public sealed record Interval(double Low, double High);

/// <summary>
/// Anytime-valid bounds of a proportion: the beta-binomial mixture of Robbins ("Statistical methods related to the law of the iterated logarithm", 1970;
/// Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", 2021, section 3.2).
/// For independent trials of probability p, M(p) = B(a+s, b+f) / B(a, b) / (p^s (1−p)^f) after s successes and f failures is a martingale of mean 1,
/// so that by Ville's inequality {p : M(p) &lt; 1/α} holds the truth at every look at once with probability at least 1 − α: looking every two seconds costs nothing.
/// The prior Beta(1, 1/mean − 1) puts the sharpness near <c>priorMean</c>; it never affects validity.
/// Worked example: 0 of 600, prior mean 0.01, α = 0.025 gives [0, 0.009362], the p with ln(99/699) − 600·ln(1−p) = ln 40.
/// </summary>
public static class ProportionBounds
{
    private const int Halvings = 100;

    /// <summary>The interval at level <paramref name="alpha"/> after <paramref name="hits"/> of <paramref name="trials"/>; [0, 1] without trials.</summary>
    public static Interval Anytime(long hits, long trials, double priorMean, double alpha)
    {
        if (hits < 0 || hits > trials) throw new ArgumentOutOfRangeException(nameof(hits), hits, $"Not between 0 and {trials}.");
        if (trials == 0) return new(0, 1);
        var b = 1 / priorMean - 1;
        var misses = trials - hits;
        var constant = SpecialFunctions.LogBeta(1 + hits, b + misses) - SpecialFunctions.LogBeta(1, b);
        var threshold = -Math.Log(alpha);
        var estimate = (double)hits / trials;

        return new(hits == 0 ? 0 : Crossing(0, estimate), misses == 0 ? 1 : Crossing(1, estimate));

        // The martingale is smallest at the estimate and grows to either side, so each side has one crossing.
        double Crossing(double outside, double inside)
        {
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (outside + inside) / 2;
                if (LogMartingale(middle) >= threshold) outside = middle;
                else inside = middle;
            }

            return outside;
        }

        double LogMartingale(double p) => constant - Times(hits, Math.Log(p)) - Times(misses, Math.Log(1 - p));
    }

    private static double Times(long count, double log) => count == 0 ? 0 : count * log;
}
