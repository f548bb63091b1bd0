using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.Web.Rollouts;

/// <summary>What a new rollout is to be.</summary>
public sealed record NewRolloutBody(
    string Model,
    int Version,
    RolloutKind Kind,
    string Environment = "production",
    IReadOnlyList<NewStepBody>? Steps = null,
    IReadOnlyList<NewGateBody>? Gates = null,
    PromotionMode Promotion = PromotionMode.Ask,
    DateTimeOffset? StartAt = null,
    IReadOnlyList<string>? AcceptedChanges = null)
{
    public RolloutPlan Plan() => new(Kind, PlannedSteps(), [.. (Gates ?? []).Select(gate => gate.Gate())], Promotion, StartAt);

    // Immediate means one step: everything, at once.
    private IReadOnlyList<RolloutStep> PlannedSteps() => Steps is null && Kind == RolloutKind.Immediate
        ? [new(StepExposure.Answered, WirePercent.Whole, 0, 0)]
        : [.. (Steps ?? []).Select((step, index) => step.Step(Kind, $"steps[{index}].share_percent"))];
}

/// <summary>A step. Without an exposure the kind decides: a shadow mirrors, the others answer.</summary>
public sealed record NewStepBody(double SharePercent, int HoldSeconds = 0, long MinimumPredictions = 0, StepExposure? Exposure = null)
{
    public RolloutStep Step(RolloutKind kind, string path) =>
        new(Exposure ?? (kind == RolloutKind.Shadow ? StepExposure.Mirrored : StepExposure.Answered), WirePercent.BasisPoints(SharePercent, path), HoldSeconds, MinimumPredictions);
}

/// <summary>A gate.</summary>
public sealed record NewGateBody(
    GateMetric Metric,
    GateComparison ComparedWith = GateComparison.Champion,
    double Margin = 0,
    double? Limit = null,
    long MinimumSample = 200,
    int WindowSeconds = 60,
    GateAction OnFail = GateAction.RollBack,
    GateAction OnNoData = GateAction.Hold)
{
    public Gate Gate() => new(Metric, ComparedWith, Margin, Limit, MinimumSample, WindowSeconds, OnFail, OnNoData);
}

/// <summary>Why an action is taken.</summary>
public sealed record ReasonBody(string? Reason = null);

/// <summary>Shares are percent on the wire and basis points inside.</summary>
public static class WirePercent
{
    public const int Whole = 10_000;

    public static double Of(int basisPoints) => basisPoints / 100.0;

    public static int BasisPoints(double percent, string path)
    {
        var points = percent * 100;
        if (!(percent is >= 0 and <= 100)) throw RefusedException.Invalid(path, $"must be from 0 to 100 (is {percent})");
        // 0.07 * 100 is not exactly 7; anything further away than rounding has a third decimal.
        if (Math.Abs(points - Math.Round(points)) > 1e-6) throw RefusedException.Invalid(path, $"may have two decimals at most (is {percent})");
        return (int)Math.Round(points);
    }
}
