using ControlPlane.Domain.Statistics;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Domain.Rollouts;

/// <summary>
/// Latency p99. Passes when the point estimate is inside what is allowed. Fails only when the lower bound of the version's p99 (<see cref="QuantileBounds"/>) lies above
/// the allowance over the upper bound of the champion's, with the bucket's edge that speaks for the version: a handful of slow requests is not a failure.
/// Worked example: 10,000 requests all between 10.5 and 11.6 ms, champion's 10,000 all between 2.6 and 2.9 ms, margin 0.2: the lower bound is above 10 ms, the champion's
/// upper bound times 1.2 is below 4 ms, so it fails.
/// </summary>
public static class LatencyJudgement
{
    public const double Quantile = 0.99;

    /// <summary>One-sided level of each bound; small because it is looked at again and again.</summary>
    public const double Level = 0.001;

    public static GateVerdict Judge(Gate gate, GateEvidence evidence, DateTimeOffset at)
    {
        if (Estimate(evidence.ChallengerInStep) is not { } challenger) return Unanswered(gate, evidence, "the version answered no request", at);
        var champion = Estimate(evidence.ChampionInStep);
        if (gate.ComparedWith == GateComparison.Champion && champion is null) return Unanswered(gate, evidence, "the champion answered no request", at);
        var allowed = Allowed(gate, champion);
        var harm = Harm(gate, evidence.ChampionInStep, evidence.ChallengerInStep) ?? Harm(gate, evidence.ChampionInWindow, evidence.ChallengerInWindow);
        var verdict = harm is not null ? Verdict.Fail : challenger <= allowed ? Verdict.Pass : Verdict.Inconclusive;
        var against = gate.ComparedWith == GateComparison.Champion
            ? $"the champion's {champion:0.##} ms{(evidence.ChampionIsEarlier ? " since exposure began" : "")} allow {allowed:0.##} ms"
            : $"the limit is {allowed:0.##} ms";
        var conclusion = verdict switch
        {
            Verdict.Fail => $", and it is at least {harm!.Low:0.##} ms where at most {harm.High:0.##} ms can be allowed",
            Verdict.Inconclusive => ", too few requests to tell whether it is really slower",
            _ => "",
        };
        var sentence = $"Latency p99 {challenger:0.##} ms over {evidence.ChallengerInStep.Latency.Total:N0} requests; {against}{conclusion}.";
        return new(gate, verdict, champion, challenger, harm?.Low ?? allowed, evidence.ChallengerInStep.JudgedRequests, sentence, at);
    }

    private static GateVerdict Unanswered(Gate gate, GateEvidence evidence, string why, DateTimeOffset at) =>
        new(gate, Verdict.NoData, null, null, null, evidence.ChallengerInStep.JudgedRequests, $"Latency p99: {why}, so there is nothing to measure.", at);

    private static double? Estimate(WindowCounts counts) => counts.Latency.QuantileMilliseconds(Quantile);

    private static double Allowed(Gate gate, double? champion) => gate.ComparedWith == GateComparison.Limit ? gate.Limit!.Value : champion!.Value * (1 + gate.Margin);

    /// <summary>Low: the least that the version's p99 can be; High: the most that can be allowed. Null unless Low is above High.</summary>
    private static Interval? Harm(Gate gate, WindowCounts champion, WindowCounts challenger)
    {
        if (QuantileBounds.LowerRank(challenger.Latency.Total, Quantile, Level) is not { } lowRank) return null;
        var atLeast = challenger.Latency.EdgesOfRankMilliseconds(lowRank).Low;
        if (gate.ComparedWith == GateComparison.Limit) return atLeast > gate.Limit!.Value ? new(atLeast, gate.Limit.Value) : null;
        if (QuantileBounds.UpperRank(champion.Latency.Total, Quantile, Level) is not { } highRank) return null;
        var atMost = champion.Latency.EdgesOfRankMilliseconds(highRank).High * (1 + gate.Margin);
        return atLeast > atMost ? new(atLeast, atMost) : null;
    }
}
