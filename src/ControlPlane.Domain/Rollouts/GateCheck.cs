using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Rollouts;

/// <summary>What is wrong with one gate of a plan.</summary>
public static class GateCheck
{
    public const int ShortestWindowSeconds = 10;
    public const int LongestWindowSeconds = 24 * 3600;
    public const double LargestRelativeMargin = 100;

    public static IEnumerable<Problem> Problems(Gate gate, int index)
    {
        if (gate.ComparedWith == GateComparison.Champion && MarginProblem(gate) is { } margin) yield return new($"gates[{index}].margin", margin);
        if (LimitProblem(gate) is { } limit) yield return new($"gates[{index}].limit", limit);
        if (gate.MinimumSample < 1) yield return new($"gates[{index}].minimum_sample", $"must be at least 1 (is {gate.MinimumSample})");
        if (gate.WindowSeconds is < ShortestWindowSeconds or > LongestWindowSeconds)
            yield return new($"gates[{index}].window_seconds", $"must be {ShortestWindowSeconds} to {LongestWindowSeconds} (is {gate.WindowSeconds})");
    }

    // A rate margin of exactly 0 could never be shown to hold: no amount of data excludes an arbitrarily small excess.
    private static string? MarginProblem(Gate gate) => gate.Metric switch
    {
        GateMetric.ErrorRate => gate.Margin is > 0 and < 1 ? null : $"must be above 0 and below 1, as a difference of rates (is {gate.Margin})",
        GateMetric.LatencyP99Milliseconds => gate.Margin is >= 0 and <= LargestRelativeMargin
            ? null
            : $"must be 0 to {LargestRelativeMargin}, as a share of the champion's latency (is {gate.Margin})",
    };

    private static string? LimitProblem(Gate gate) => (gate.ComparedWith, gate.Metric, gate.Limit) switch
    {
        (GateComparison.Champion, _, null) => null,
        (GateComparison.Champion, _, _) => "belongs to compared_with limit only",
        (GateComparison.Limit, _, null) => "is missing",
        (GateComparison.Limit, GateMetric.ErrorRate, > 0 and < 1) => null,
        (GateComparison.Limit, GateMetric.ErrorRate, { } limit) => $"must be above 0 and below 1 (is {limit})",
        (GateComparison.Limit, GateMetric.LatencyP99Milliseconds, > 0 and < double.PositiveInfinity) => null,
        (GateComparison.Limit, GateMetric.LatencyP99Milliseconds, { } limit) => $"must be above 0 (is {limit})",
    };
}
