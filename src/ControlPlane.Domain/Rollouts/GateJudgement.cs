using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Domain.Rollouts;

/// <summary>
/// Evidence → verdict. A gate passes on everything since the step began and fails on either that or its last window, so that harm that starts late is seen at once.
/// The bounds are valid although they are looked at every few seconds.
/// </summary>
public static class GateJudgement
{
    /// <summary>The gate's answer with one plain sentence that holds the numbers.</summary>
    public static GateVerdict Judge(Gate gate, GateEvidence evidence, DateTimeOffset at)
    {
        if (evidence.ChallengerInStep.JudgedRequests < gate.MinimumSample)
            return NoData(gate, evidence, "version", evidence.ChallengerInStep.JudgedRequests, at);
        if (gate.ComparedWith == GateComparison.Champion && evidence.ChampionInStep.JudgedRequests < gate.MinimumSample)
            return NoData(gate, evidence, "champion", evidence.ChampionInStep.JudgedRequests, at);
        return gate.Metric switch
        {
            GateMetric.ErrorRate => ErrorRateJudgement.Judge(gate, evidence, at),
            GateMetric.LatencyP99Milliseconds => LatencyJudgement.Judge(gate, evidence, at),
        };
    }

    private static GateVerdict NoData(Gate gate, GateEvidence evidence, string who, long requests, DateTimeOffset at) => new(
        gate,
        Verdict.NoData,
        Metric(gate, evidence.ChampionInStep),
        Metric(gate, evidence.ChallengerInStep),
        null,
        evidence.ChallengerInStep.JudgedRequests,
        $"{Name(gate)}: the {who} has {requests:N0} of the {gate.MinimumSample:N0} requests that the gate needs.",
        at);

    private static double? Metric(Gate gate, WindowCounts counts) => gate.Metric switch
    {
        GateMetric.ErrorRate => counts.JudgedRequests == 0 ? null : (double)counts.FailedRequests / counts.JudgedRequests,
        GateMetric.LatencyP99Milliseconds => counts.Latency.QuantileMilliseconds(0.99),
    };

    private static string Name(Gate gate) => gate.Metric switch
    {
        GateMetric.ErrorRate => "Error rate",
        GateMetric.LatencyP99Milliseconds => "Latency p99",
    };
}
