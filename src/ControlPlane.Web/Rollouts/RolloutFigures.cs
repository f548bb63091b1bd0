using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Charts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Rollouts;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    Passed,
    Now,
    Next,
    Left,
}

/// <summary>One card of the timeline. <paramref name="Progress"/> is a share of one, of whichever of time and predictions is further from its end.</summary>
public sealed record StepCard(string Title, string Needs, string Status, StepState State, bool IsMirrored, double Progress);

/// <summary>A rollout as its pages show it.</summary>
public static class RolloutFigures
{
    public static bool IsOpen(RolloutPhase phase) => phase switch
    {
        RolloutPhase.Promoted or RolloutPhase.Rejected or RolloutPhase.Cancelled or RolloutPhase.RolledBack or RolloutPhase.Failed => false,
        RolloutPhase.Drafted or RolloutPhase.AwaitingApproval or RolloutPhase.Scheduled or RolloutPhase.Placing or RolloutPhase.Exposing
            or RolloutPhase.Holding or RolloutPhase.AwaitingPromotion or RolloutPhase.RollingBack => true,
    };

    /// <summary>Whether the version gets traffic or copies now.</summary>
    public static bool IsExposed(RolloutPhase phase) => phase is RolloutPhase.Exposing or RolloutPhase.Holding or RolloutPhase.AwaitingPromotion;

    /// <summary>"Exposing 25 %", "Holding 5 %", "Promoted".</summary>
    public static string PhaseText(RolloutView rollout) => rollout.Plan.Kind != RolloutKind.Immediate && IsExposed(rollout.Phase) && rollout.Step < rollout.Plan.Steps.Count
        ? $"{Phrases.Words(rollout.Phase)} {Phrases.BasisPoints(rollout.Plan.Steps[rollout.Step].ShareBasisPoints)}{(rollout.Plan.Steps[rollout.Step].Exposure == StepExposure.Mirrored ? " mirrored" : "")}"
        : Phrases.Words(rollout.Phase);

    /// <summary>"canary 25 %", "shadow, holding", "canary, rolled back".</summary>
    public static string Line(RolloutView rollout)
    {
        var kind = rollout.Plan.Kind.ToString().ToLowerInvariant();
        return rollout.Phase == RolloutPhase.Exposing && rollout.Step < rollout.Plan.Steps.Count
            ? $"{kind} {Phrases.BasisPoints(rollout.Plan.Steps[rollout.Step].ShareBasisPoints)}"
            : $"{kind}, {Phrases.Words(rollout.Phase).ToLowerInvariant()}";
    }

    public static string StepLine(RolloutView rollout) => rollout.Plan.Kind == RolloutKind.Immediate || rollout.Plan.Steps.Count == 0
        ? $"v{rollout.Version} at once"
        : $"v{rollout.Version}, step {Math.Min(rollout.Step + 1, rollout.Plan.Steps.Count)} of {rollout.Plan.Steps.Count}";

    /// <summary>The part that the version plays, for its colour: champion once promoted, shadow while only copies go to it.</summary>
    public static string Role(RolloutView rollout) => rollout switch
    {
        { Phase: RolloutPhase.Promoted } => "champion",
        { Plan.Kind: RolloutKind.Shadow } => "shadow",
        _ => "challenger",
    };

    public static string StepTitle(RolloutStep step) => step.Exposure == StepExposure.Mirrored
        ? $"Shadow {Phrases.BasisPoints(step.ShareBasisPoints)}"
        : $"Canary {Phrases.BasisPoints(step.ShareBasisPoints)}";

    public static string StepNeeds(RolloutStep step) =>
        $"{Phrases.Duration(TimeSpan.FromSeconds(step.HoldSeconds))}, {Phrases.Many(step.MinimumPredictions, "prediction")}";

    /// <summary>What ends the rollout well, in words.</summary>
    public static string Ending(RolloutPlan plan) => plan switch
    {
        { Kind: RolloutKind.Immediate } => "champion at once",
        { Promotion: PromotionMode.Ask } => "a person promotes",
        _ => "promoted by itself",
    };

    /// <summary>A card for each step and one for what follows the last; an immediate rollout has one card, whatever its steps say.</summary>
    public static IReadOnlyList<StepCard> Cards(RolloutView rollout, DateTimeOffset now) => rollout.Plan.Kind == RolloutKind.Immediate
        ? [AtOnce(rollout)]
        : [.. rollout.Plan.Steps.Select((step, index) => Card(rollout, step, index, now)), Last(rollout)];

    /// <summary>How far a step has come, 0 to 1: the slower of its time and its predictions.</summary>
    public static double Progress(RolloutStep step, TimeSpan passed, long predictions)
    {
        var time = step.HoldSeconds <= 0 ? 1 : passed.TotalSeconds / step.HoldSeconds;
        var count = step.MinimumPredictions <= 0 ? 1 : (double)predictions / step.MinimumPredictions;
        return Math.Clamp(Math.Min(time, count), 0, 1);
    }

    /// <summary>The least time that a plan takes: the hold times of its steps together.</summary>
    public static TimeSpan LeastDuration(RolloutPlan plan) => TimeSpan.FromSeconds(plan.Steps.Sum(step => (long)step.HoldSeconds));

    /// <summary>Upright lines where steps began and where it was taken back or promoted.</summary>
    public static IReadOnlyList<ChartMarker> Markers(RolloutView rollout)
    {
        var markers = new List<ChartMarker>();
        (RolloutPhase Phase, int Step)? before = null;
        foreach (var entry in rollout.History)
        {
            if ((entry.Phase, entry.Step) != before && Label(rollout, entry, before) is { } label) markers.Add(new(entry.At.ToUnixTimeMilliseconds(), label));
            before = (entry.Phase, entry.Step);
        }

        return markers;
    }

    /// <summary>Where the latency gates draw their line: the limit given, or the champion's p99 with the margin on top.</summary>
    public static IReadOnlyList<ChartLimit> LatencyLimits(RolloutView rollout) =>
        [.. rollout.Verdicts.Where(verdict => verdict.Gate.Metric == GateMetric.LatencyP99Milliseconds)
            .Select(verdict => (verdict.Gate, Line: verdict.Gate.ComparedWith == GateComparison.Limit ? verdict.Gate.Limit : verdict.Champion * (1 + verdict.Gate.Margin)))
            .Where(limit => limit.Line is not null)
            .Select(limit => new ChartLimit(limit.Line!.Value, GateWords.Limit(limit.Gate), ChartTone.Fail))];

    /// <summary>A word of the history as a person reads it: "step_began" is "Step began".</summary>
    public static string Happened(string what) => what.Length == 0 ? what : char.ToUpperInvariant(what[0]) + what[1..].Replace('_', ' ');

    private static string? Label(RolloutView rollout, RolloutHistoryEntry entry, (RolloutPhase Phase, int Step)? before) => entry.Phase switch
    {
        RolloutPhase.Exposing when before?.Step != entry.Step || before?.Phase is not (RolloutPhase.Holding or RolloutPhase.Exposing) =>
            entry.Step < rollout.Plan.Steps.Count ? Phrases.BasisPoints(rollout.Plan.Steps[entry.Step].ShareBasisPoints) : null,
        RolloutPhase.Promoted => "promoted",
        RolloutPhase.RollingBack or RolloutPhase.RolledBack when before?.Phase != RolloutPhase.RollingBack => "rolled back",
        _ => null,
    };

    private static StepCard Card(RolloutView rollout, RolloutStep step, int index, DateTimeOffset now)
    {
        var isMirrored = step.Exposure == StepExposure.Mirrored;
        StepCard Of(string status, StepState state, double progress) => new(StepTitle(step), StepNeeds(step), status, state, isMirrored, progress);
        if (rollout.Phase == RolloutPhase.AwaitingPromotion || (index < rollout.Step && rollout.StepBeganAt is not null))
            return Of("✓ passed", StepState.Passed, 1);
        if (rollout.Phase == RolloutPhase.Promoted) return Promoted(rollout, index, Of);
        if (!IsOpen(rollout.Phase) || rollout.Phase == RolloutPhase.RollingBack)
            return Of(index == rollout.Step && rollout.StepBeganAt is not null ? "✕ stopped here" : "not reached", StepState.Left, 0);
        if (index != rollout.Step || !IsExposed(rollout.Phase) || rollout.StepBeganAt is not { } began)
            return Of(index == rollout.Step || index == rollout.Step + 1 ? "next" : "later", StepState.Next, 0);
        var passed = now > began ? now - began : TimeSpan.Zero;
        var held = rollout.Phase == RolloutPhase.Holding ? "held" : "now";
        return Of($"{held} · {Phrases.Duration(passed)}, {Phrases.Count(rollout.PredictionsInStep)}", StepState.Now, Progress(step, passed, rollout.PredictionsInStep));
    }

    private static StepCard Promoted(RolloutView rollout, int index, Func<string, StepState, double, StepCard> of) =>
        index > rollout.Step ? of("skipped", StepState.Left, 0)
        : HasPassedLastStep(rollout) ? of("✓ passed", StepState.Passed, 1)
        : of("ended by promotion", StepState.Left, 0);

    // A person may promote in the middle of any step; a step has passed only when the plan itself went beyond it.
    private static bool HasPassedLastStep(RolloutView rollout)
    {
        if (rollout.Step + 1 < rollout.Plan.Steps.Count) return false;
        var before = rollout.History.LastOrDefault(entry => entry.Phase != RolloutPhase.Promoted);
        var promoted = rollout.History.FirstOrDefault(entry => entry.Phase == RolloutPhase.Promoted);
        return before?.Phase == RolloutPhase.AwaitingPromotion || (before?.Phase == RolloutPhase.Exposing && promoted?.By == Caller.Schedule.Name);
    }

    private static StepCard AtOnce(RolloutView rollout)
    {
        StepCard Of(string status, StepState state) => new("All traffic at once", "when every node has loaded it", status, state, false, 0);
        return rollout.Phase switch
        {
            RolloutPhase.Promoted => Of($"✓ v{rollout.Version} is the champion", StepState.Passed),
            RolloutPhase.Placing => Of("next · the nodes load it", StepState.Next),
            _ => IsOpen(rollout.Phase) ? Of("next", StepState.Next) : Of("not reached", StepState.Left),
        };
    }

    private static StepCard Last(RolloutView rollout)
    {
        var needs = rollout.Plan.Promotion == PromotionMode.Automatic ? "by itself" : "asks a person";
        return rollout.Phase switch
        {
            RolloutPhase.Promoted => new("Promote", needs, $"✓ v{rollout.Version} is the champion", StepState.Passed, false, 1),
            RolloutPhase.AwaitingPromotion => new("Promote", needs, "waiting for a person", StepState.Now, false, 1),
            _ => new("Promote", needs, IsOpen(rollout.Phase) ? "" : "not reached", IsOpen(rollout.Phase) ? StepState.Next : StepState.Left, false, 0),
        };
    }
}
