using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Domain.Tests.Rollouts;

internal static class SampleRollouts
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static Gate ErrorGate(GateAction onFail = GateAction.RollBack, GateAction onNoData = GateAction.Hold) =>
        new(GateMetric.ErrorRate, GateComparison.Champion, 0.01, null, 200, 60, onFail, onNoData);

    public static Gate LatencyGate(double margin = 0.2) =>
        new(GateMetric.LatencyP99Milliseconds, GateComparison.Champion, margin, null, 200, 60, GateAction.Hold, GateAction.Hold);

    public static RolloutStep Answered(int basisPoints, int holdSeconds = 60, long minimum = 100) => new(StepExposure.Answered, basisPoints, holdSeconds, minimum);

    public static RolloutStep Mirrored(int basisPoints) => new(StepExposure.Mirrored, basisPoints, 60, 100);

    public static RolloutPlan Canary(params IReadOnlyList<RolloutStep> steps) =>
        new(RolloutKind.Canary, steps.Count > 0 ? steps : [Answered(500), Answered(5000)], [ErrorGate()], PromotionMode.Ask, null);

    public static RolloutPlan Immediate { get; } = new(RolloutKind.Immediate, [], [], PromotionMode.Ask, null);

    public static Rollout In(RolloutPhase phase, RolloutPlan? plan = null, int step = 0, int requiredApprovals = 0) => new(
        7, "fraud-scoring", "production", 2, 1, plan ?? Canary(), requiredApprovals, 0, phase, step,
        phase.IsExposed() ? Now.AddSeconds(-120) : null, "salt", "before");

    public static GateVerdict Says(Verdict verdict, Gate? gate = null) => new(gate ?? ErrorGate(), verdict, 0.01, 0.02, 0.03, 500, $"the gate says {verdict}", Now);

    public static StepJudged Judged(params GateVerdict[] verdicts) => new(Now, 1000, verdicts);

    public static TrafficSplit Split(int champion, params TrafficShare[] shares) => new("fraud-scoring", 3, champion, shares, [], "salt");

    public static WindowCounts Counts(long requests, long failed = 0, double milliseconds = 3) => WindowCounts.Empty with
    {
        Requests = requests,
        Errors = failed == 0 ? new Dictionary<ErrorKind, long>() : new Dictionary<ErrorKind, long> { [ErrorKind.Engine] = failed },
        Latency = requests == failed ? LatencyHistogram.Empty : new(new Dictionary<int, long> { [LatencyHistogram.BucketOf(milliseconds * 1000)] = requests - failed }),
    };
}
