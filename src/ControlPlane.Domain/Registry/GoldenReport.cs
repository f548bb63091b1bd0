using System.Globalization;

namespace ControlPlane.Domain.Registry;

/// <summary>The stages that a row passes, in order.</summary>
public enum GoldenStage
{
    /// <summary>The raw row against the contract's inputs.</summary>
    Payload,

    /// <summary>The columns and tensors that are made out of it.</summary>
    Preprocessing,

    /// <summary>The model's own tensors.</summary>
    Model,

    /// <summary>Outputs and decision.</summary>
    Postprocessing,
}

/// <summary>What came of replaying a version's golden samples through the whole serving path.</summary>
/// <param name="MaxDifference">Largest |answer − expected| over all numbers.</param>
/// <param name="FirstStage">The earliest stage at which any row parts from what training computed; null when none does, or when only final outputs were expected.</param>
/// <param name="Worst">The rows that part: the earliest stage first, there the furthest beyond the tolerance first; at most 20.</param>
/// <param name="Node">Where it ran.</param>
/// <param name="Stages">Stages for which any sample holds expectations; null when the node did not tell.</param>
/// <param name="Furthest">Of the rows that agree, those with the largest difference; null when the node did not tell.</param>
public sealed record GoldenReport(
    int Samples,
    int Failed,
    double MaxDifference,
    GoldenStage? FirstStage,
    IReadOnlyList<GoldenRow> Worst,
    string Node,
    DateTimeOffset At,
    IReadOnlyList<GoldenStage>? Stages = null,
    IReadOnlyList<GoldenRow>? Furthest = null)
{
    /// <summary>Absolute, and relative for expectations above 1: what single precision and another order of adding make.</summary>
    public const double Tolerance = 1e-5;
}

/// <summary>One row of a replay.</summary>
/// <param name="Line">Line of the golden file, from 1.</param>
/// <param name="Stage">The first stage at which it parts; null when it agrees or cannot be told.</param>
/// <param name="Error">Why it got no answer at all.</param>
public sealed record GoldenRow(int Line, GoldenStage? Stage, string InputsJson, string? Error, IReadOnlyList<GoldenDifference> Differences)
{
    /// <summary>The row's largest difference at the stage where it parts, as <see cref="GoldenDifference.Excess"/>.</summary>
    public double Excess() => Differences.Count == 0 ? double.MaxValue : Differences.Where(value => value.Stage == Differences[0].Stage).Max(value => value.Excess());
}

/// <summary>One value, expected and got as JSON. <paramref name="Difference"/> is set between numbers.</summary>
public sealed record GoldenDifference(GoldenStage Stage, string Path, string ExpectedJson, string GotJson, double? Difference)
{
    /// <summary>How many times the tolerance it is, which grows with expectations above 1; what is no number is beyond all numbers.</summary>
    public double Excess()
    {
        if (Difference is not { } difference) return double.MaxValue;
        var magnitude = double.TryParse(ExpectedJson, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected) ? Math.Abs(expected) : 0;
        return difference / (GoldenReport.Tolerance * Math.Max(1, magnitude));
    }
}
