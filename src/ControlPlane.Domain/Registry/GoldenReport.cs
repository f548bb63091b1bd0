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
/// <param name="Worst">The worst rows first, at most 20.</param>
/// <param name="Node">Where it ran.</param>
public sealed record GoldenReport(int Samples, int Failed, double MaxDifference, GoldenStage? FirstStage, IReadOnlyList<GoldenRow> Worst, string Node, DateTimeOffset At);

/// <summary>One row of a replay.</summary>
/// <param name="Line">Line of the golden file, from 1.</param>
/// <param name="Stage">The first stage at which it parts; null when it agrees or cannot be told.</param>
/// <param name="Error">Why it got no answer at all.</param>
public sealed record GoldenRow(int Line, GoldenStage? Stage, string InputsJson, string? Error, IReadOnlyList<GoldenDifference> Differences);

/// <summary>One value, expected and got as JSON. <paramref name="Difference"/> is set between numbers.</summary>
public sealed record GoldenDifference(GoldenStage Stage, string Path, string ExpectedJson, string GotJson, double? Difference);
