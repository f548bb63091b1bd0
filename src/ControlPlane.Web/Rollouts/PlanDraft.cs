using ControlPlane.Domain.Rollouts;

namespace ControlPlane.Web.Rollouts;

/// <summary>A step while it is edited, in the units of the form.</summary>
public sealed class StepDraft
{
    public StepExposure Exposure { get; set; }

    public double SharePercent { get; set; }

    public double HoldMinutes { get; set; }

    public long MinimumPredictions { get; set; }

    public static StepDraft Of(RolloutStep step) => new()
    {
        Exposure = step.Exposure,
        SharePercent = step.ShareBasisPoints / 100.0,
        HoldMinutes = step.HoldSeconds / 60.0,
        MinimumPredictions = step.MinimumPredictions,
    };

    public RolloutStep ToStep() => new(Exposure, (int)Math.Round(SharePercent * 100), (int)Math.Round(HoldMinutes * 60), MinimumPredictions);
}

/// <summary>A gate while it is edited: margins and limits in percent, except limits of latencies, which are milliseconds.</summary>
public sealed class GateDraft
{
    public GateMetric Metric { get; set; }

    public GateComparison ComparedWith { get; set; }

    public double Amount { get; set; }

    public long MinimumSample { get; set; }

    public int WindowSeconds { get; set; }

    public GateAction OnFail { get; set; }

    public GateAction OnNoData { get; set; }

    /// <summary>What the amount means: pp above the champion, % above the champion, %, or ms.</summary>
    public string AmountUnit => (Metric, ComparedWith) switch
    {
        (GateMetric.ErrorRate, GateComparison.Champion) => "pp above",
        (GateMetric.LatencyP99Milliseconds, GateComparison.Champion) => "% above",
        (GateMetric.ErrorRate, GateComparison.Limit) => "%",
        (GateMetric.LatencyP99Milliseconds, GateComparison.Limit) => "ms",
    };

    public static GateDraft Of(Gate gate) => new()
    {
        Metric = gate.Metric,
        ComparedWith = gate.ComparedWith,
        Amount = gate.ComparedWith == GateComparison.Champion ? gate.Margin * 100 : gate.Metric == GateMetric.ErrorRate ? (gate.Limit ?? 0) * 100 : gate.Limit ?? 0,
        MinimumSample = gate.MinimumSample,
        WindowSeconds = gate.WindowSeconds,
        OnFail = gate.OnFail,
        OnNoData = gate.OnNoData,
    };

    public Gate ToGate() => ComparedWith == GateComparison.Champion
        ? new(Metric, ComparedWith, Amount / 100, null, MinimumSample, WindowSeconds, OnFail, OnNoData)
        : new(Metric, ComparedWith, 0, Metric == GateMetric.ErrorRate ? Amount / 100 : Amount, MinimumSample, WindowSeconds, OnFail, OnNoData);
}

/// <summary>A plan while it is edited.</summary>
public sealed class PlanDraft
{
    public RolloutKind Kind { get; set; }

    public List<StepDraft> Steps { get; set; } = [];

    public List<GateDraft> Gates { get; set; } = [];

    public PromotionMode Promotion { get; set; }

    public static PlanDraft Of(RolloutPlan plan) => new()
    {
        Kind = plan.Kind,
        Steps = [.. plan.Steps.Select(StepDraft.Of)],
        Gates = [.. plan.Gates.Select(GateDraft.Of)],
        Promotion = plan.Promotion,
    };

    public RolloutPlan ToPlan() => new(Kind, [.. Steps.Select(step => step.ToStep())], [.. Gates.Select(gate => gate.ToGate())], Promotion, null);

    /// <summary>Another step like the last one, twice as large.</summary>
    public void AddStep() => Steps.Add(Steps.LastOrDefault() is { } last
        ? new() { Exposure = last.Exposure, SharePercent = Math.Min(100, last.SharePercent * 2), HoldMinutes = last.HoldMinutes, MinimumPredictions = last.MinimumPredictions }
        : new() { Exposure = Kind == RolloutKind.Shadow ? StepExposure.Mirrored : StepExposure.Answered, SharePercent = 5, HoldMinutes = 15, MinimumPredictions = 500 });
}
