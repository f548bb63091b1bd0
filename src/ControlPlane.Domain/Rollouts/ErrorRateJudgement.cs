using ControlPlane.Domain.Statistics;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Domain.Rollouts;

/// <summary>
/// Error rate, refused requests left out, by an anytime-valid interval per arm (<see cref="ProportionBounds"/>); the excess over the champion by the union bound, each arm at half the level.
/// Passes when the largest plausible excess is inside the margin, fails when the smallest plausible one is outside.
/// Worked example: 0 of 2,000 against the champion's 0 of 2,000 with margin 0.01 is at most 0.34 points worse (1 − e^−(ln 40 + ln(2099/99))/2000), so it passes;
/// 0 of 200 is at most 2.37 points worse, so it is inconclusive; 40 of 400 is at least 3.94 points worse, so it fails.
/// </summary>
public static class ErrorRateJudgement
{
    /// <summary>Probability of ever being wrong about everything since the step began.</summary>
    public const double StepLevel = 0.05;

    /// <summary>The same for one window. Windows follow each other without end, so each gets less.</summary>
    public const double WindowLevel = 0.001;

    public static GateVerdict Judge(Gate gate, GateEvidence evidence, DateTimeOffset at)
    {
        var allowed = gate.ComparedWith == GateComparison.Champion ? gate.Margin : gate.Limit!.Value;
        var step = Excess(gate, evidence.ChampionInStep, evidence.ChallengerInStep, allowed, StepLevel);
        var window = Excess(gate, evidence.ChampionInWindow, evidence.ChallengerInWindow, allowed, WindowLevel);
        var verdict = step.Low > allowed || window.Low > allowed ? Verdict.Fail : step.High <= allowed ? Verdict.Pass : Verdict.Inconclusive;
        var inWindow = verdict == Verdict.Fail && step.Low <= allowed;
        var (champion, challenger) = inWindow ? (evidence.ChampionInWindow, evidence.ChallengerInWindow) : (evidence.ChampionInStep, evidence.ChallengerInStep);
        var bound = verdict == Verdict.Fail ? (inWindow ? window : step).Low : step.High;
        var against = gate.ComparedWith == GateComparison.Champion ? $" against the champion's {Rate(champion)}{(evidence.ChampionIsEarlier ? " since exposure began" : "")}" : "";
        var sentence = $"Error rate {Rate(challenger)}{against}{(inWindow ? $" in the last {gate.WindowSeconds} s" : "")}: {Conclusion(gate, verdict, bound, allowed)}.";
        return new(gate, verdict, Share(champion), Share(challenger), bound, evidence.ChallengerInStep.JudgedRequests, sentence, at);
    }

    private static Interval Excess(Gate gate, WindowCounts champion, WindowCounts challenger, double allowed, double level)
    {
        if (gate.ComparedWith == GateComparison.Limit) return ProportionBounds.Anytime(challenger.FailedRequests, challenger.JudgedRequests, allowed, level);
        var tried = ProportionBounds.Anytime(challenger.FailedRequests, challenger.JudgedRequests, allowed, level / 2);
        var proven = ProportionBounds.Anytime(champion.FailedRequests, champion.JudgedRequests, allowed, level / 2);
        return new(tried.Low - proven.High, tried.High - proven.Low);
    }

    private static string Conclusion(Gate gate, Verdict verdict, double bound, double allowed)
    {
        var (what, allowance) = gate.ComparedWith == GateComparison.Champion
            ? ("worse", $"{Points(allowed)} {(allowed == 0.01 ? "point is" : "points are")} allowed")
            : ("in truth", $"the limit is {allowed * 100:0.##} %");
        var number = gate.ComparedWith == GateComparison.Champion ? $"{Points(bound)} points" : $"{bound * 100:0.##} %";
        return verdict switch
        {
            Verdict.Fail => $"at least {number} {what}, {allowance}",
            Verdict.Pass => $"at most {number} {what}, {allowance}",
            _ => $"it may be as much as {number} {what}, {allowance}, so more requests are needed",
        };
    }

    private static string Rate(WindowCounts counts) => $"{100 * (Share(counts) ?? 0):0.##} % ({counts.FailedRequests:N0} of {counts.JudgedRequests:N0})";

    private static double? Share(WindowCounts counts) => counts.JudgedRequests == 0 ? null : (double)counts.FailedRequests / counts.JudgedRequests;

    private static string Points(double share) => $"{share * 100:0.##}";
}
