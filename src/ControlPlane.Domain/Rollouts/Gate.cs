namespace ControlPlane.Domain.Rollouts;

/// <summary>What a gate measures.</summary>
public enum GateMetric
{
    /// <summary>
    /// Failed requests among the version's requests. One that was refused because its payload broke the contract counts neither as failed nor as a request:
    /// a careless client says nothing about the version, and schema mismatch is to be a metric of its own.
    /// </summary>
    ErrorRate,

    /// <summary>99th percentile of the request latency on the node, in milliseconds.</summary>
    LatencyP99Milliseconds,
}

/// <summary>What a gate compares its metric with.</summary>
public enum GateComparison
{
    /// <summary>The champion over the same time.</summary>
    Champion,

    /// <summary>A fixed number.</summary>
    Limit,
}

/// <summary>What follows a failed gate, or one without an answer.</summary>
public enum GateAction
{
    Hold,
    RollBack,
}

/// <summary>A condition that must hold before the next step, and that is watched all the while.</summary>
/// <param name="Margin">Allowed excess over the champion: absolute for rates (0.01 = one percentage point), relative for latencies (0.2 = 20 %).</param>
/// <param name="Limit">The number for <see cref="GateComparison.Limit"/>.</param>
/// <param name="MinimumSample">Requests, without refused ones, below which the verdict is NoData.</param>
/// <param name="WindowSeconds">The last seconds in which harm is looked for; passing is judged on everything since the step began.</param>
public sealed record Gate(
    GateMetric Metric,
    GateComparison ComparedWith,
    double Margin,
    double? Limit,
    long MinimumSample,
    int WindowSeconds,
    GateAction OnFail,
    GateAction OnNoData);

/// <summary>A gate's answer. Only Pass lets a step end; NoData and Inconclusive never pass.</summary>
public enum Verdict
{
    Pass,
    Fail,

    /// <summary>Enough data to look at, not enough to tell.</summary>
    Inconclusive,

    /// <summary>Fewer requests than the minimum sample.</summary>
    NoData,
}

/// <summary>One evaluation of a gate with the numbers it rests on; the sentence says it to a person.</summary>
public sealed record GateVerdict(Gate Gate, Verdict Verdict, double? Champion, double? Challenger, double? Bound, long Sample, string Sentence, DateTimeOffset At);
