namespace ControlPlane.Domain.Statistics;

/// <summary>The few special functions that the bounds rest on.</summary>
public static class SpecialFunctions
{
    // Lanczos coefficients for g = 7, n = 9 (Godfrey 2001).
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>ln Γ(x) for x > 0 (Lanczos 1964), to about 1e-14 relative. Example: ln Γ(10) = ln 362880 = 12.801827.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (x - 1 + i);
        var t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    /// <summary>ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b). Example: B(2, 3) = 1/12.</summary>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>
    /// The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction (Press et al., Numerical Recipes, section 6.4).
    /// Example: I_0.5(2, 3) = 11/16 = 0.6875.
    /// </summary>
    public static double RegularisedBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(a * Math.Log(x) + b * Math.Log(1 - x) - LogBeta(a, b));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        const int mostTerms = 1_000_000;
        var c = 1.0;
        var d = 1 / NotZero(1 - (a + b) * x / (a + 1), tiny);
        var value = d;
        for (var m = 1; m <= mostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d, tiny);
            c = NotZero(1 + even / c, tiny);
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d, tiny);
            c = NotZero(1 + odd / c, tiny);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-14) return value;
        }

        return value;
    }

    private static double NotZero(double value, double tiny) => Math.Abs(value) < tiny ? tiny : value;
}
