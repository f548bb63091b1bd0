using static ControlPlane.Domain.Rollouts.RolloutPhase;

namespace ControlPlane.Domain.Rollouts;

/// <summary>The whole life of a rollout as one pure function. Its table is printed in <c>docs/architecture.md</c>.</summary>
public static class RolloutMachine
{
    /// <summary>How long a step whose hold time is over waits for gates without an answer before their OnNoData action is taken.</summary>
    public const int AnswerDeadlineSeconds = 3600;

    /// <summary>What follows when <paramref name="happened"/> happens to <paramref name="rollout"/>.</summary>
    public static RolloutDecision Next(Rollout rollout, RolloutEvent happened) => (rollout.Phase, happened) switch
    {
        (Drafted, Submitted e) => Submit(rollout with { Champion = e.Champion }, e),
        (AwaitingApproval, Approved e) => Approve(rollout with { Approvals = rollout.Approvals + 1 }, e),
        (AwaitingApproval, RejectionGiven e) => To(rollout, Rejected, e.Reason),
        (Scheduled, StartFellDue e) => rollout.Plan.StartAt > e.At ? Refuse($"It starts at {rollout.Plan.StartAt:u}.") : Place(rollout, "Its start time has come."),
        (Scheduled, StartRequested) => Place(rollout, "Started by a person."),
        (Placing, Placed e) => Begin(rollout with { Champion = e.Champion }, e),
        (Placing, PlacementFailed e) => To(rollout, Failed, e.Reason),
        (Exposing or Holding or AwaitingPromotion, StepJudged e) => Judge(rollout, e),
        (Exposing, HoldRequested e) => To(rollout, Holding, e.Reason),
        (Holding, ResumeRequested e) => To(rollout with { StepBeganAt = e.At }, Exposing, $"Resumed; step {rollout.Step + 1} begins anew."),
        (Exposing or Holding or AwaitingPromotion, PromoteRequested) => Promote(rollout, "Promoted by a person."),
        (Exposing or Holding or AwaitingPromotion, RollBackRequested e) => RollBack(rollout, e.Reason),
        (Drafted or AwaitingApproval or Scheduled or Placing, CancelRequested e) => To(rollout, Cancelled, e.Reason),
        (Exposing or Holding or AwaitingPromotion, CancelRequested e) => To(rollout, Cancelled, e.Reason, Restore(rollout)),
        (RollingBack, SplitRestored) => To(rollout, RolledBack, rollout.Reason),
        _ => Refuse(RolloutRefusal.Sentence(rollout.Phase, happened)),
    };

    private static RolloutDecision Submit(Rollout rollout, Submitted happened) => rollout switch
    {
        { Champion: null, Plan.Kind: not RolloutKind.Immediate } =>
            Refuse($"{rollout.Model} has no champion in {rollout.Environment} yet: its first release can only be immediate."),
        { Champion: { } champion } when champion == rollout.Version => Refuse($"Version {champion} is already the champion."),
        { RequiredApprovals: > 0 } => To(rollout, AwaitingApproval, $"Waits for {rollout.RequiredApprovals} approval(s)."),
        _ => Schedule(rollout, happened.At),
    };

    private static RolloutDecision Approve(Rollout rollout, Approved happened) => rollout.Approvals < rollout.RequiredApprovals
        ? To(rollout, AwaitingApproval, $"{rollout.Approvals} of {rollout.RequiredApprovals} approvals given.")
        : Schedule(rollout, happened.At);

    private static RolloutDecision Schedule(Rollout rollout, DateTimeOffset at) => rollout.Plan.StartAt is { } start && start > at
        ? To(rollout, Scheduled, $"Starts at {start:u}.")
        : Place(rollout, "The nodes load the version.");

    private static AcceptedDecision Place(Rollout rollout, string reason) => To(rollout, Placing, reason, new PlaceVersion(rollout.Version));

    private static AcceptedDecision Begin(Rollout rollout, Placed happened) => rollout switch
    {
        { Champion: { } champion } when champion == rollout.Version => To(rollout, Failed, $"Version {champion} became the champion meanwhile."),
        { Plan.Kind: RolloutKind.Immediate } => Promote(rollout, "Released at once."),
        { Champion: null } => To(rollout, Failed, "There is no champion to compare it with any more."),
        _ => Expose(rollout, 0, happened.At),
    };

    private static AcceptedDecision Expose(Rollout rollout, int step, DateTimeOffset at) =>
        To(rollout with { Step = step, StepBeganAt = at }, Exposing, $"Step {step + 1} of {rollout.Plan.Steps.Count} began.", new ExposeStep(step));

    // Harm comes first, whatever the phase: a gate keeps watching while people hold or are asked.
    private static AcceptedDecision Judge(Rollout rollout, StepJudged judged) =>
        Failing(judged, GateAction.RollBack) is { } harm ? RollBack(rollout, harm.Sentence)
        : Failing(judged, GateAction.Hold) is { } doubt ? HoldFor(rollout, doubt.Sentence)
        : rollout.Phase != Exposing ? Unchanged(rollout)
        : IsOver(rollout, judged) ? GoOn(rollout, judged.At)
        : Overdue(rollout, judged) is not { } silent ? Unchanged(rollout)
        : silent.Gate.OnNoData == GateAction.RollBack ? RollBack(rollout, $"No answer in time: {silent.Sentence}")
        : HoldFor(rollout, $"No answer in time: {silent.Sentence}");

    private static GateVerdict? Failing(StepJudged judged, GateAction action) =>
        judged.Verdicts.FirstOrDefault(verdict => verdict.Verdict == Verdict.Fail && verdict.Gate.OnFail == action);

    private static AcceptedDecision HoldFor(Rollout rollout, string reason) => rollout.Phase == Holding ? Unchanged(rollout) : To(rollout, Holding, reason);

    private static bool IsOver(Rollout rollout, StepJudged judged) =>
        SecondsInStep(rollout, judged.At) >= rollout.Plan.Steps[rollout.Step].HoldSeconds
        && judged.Predictions >= rollout.Plan.Steps[rollout.Step].MinimumPredictions
        && judged.Verdicts.Count >= rollout.Plan.Gates.Count
        && judged.Verdicts.All(verdict => verdict.Verdict == Verdict.Pass);

    private static GateVerdict? Overdue(Rollout rollout, StepJudged judged) =>
        SecondsInStep(rollout, judged.At) < rollout.Plan.Steps[rollout.Step].HoldSeconds + AnswerDeadlineSeconds
            ? null
            : judged.Verdicts.Where(verdict => verdict.Verdict is Verdict.NoData or Verdict.Inconclusive).MaxBy(verdict => verdict.Gate.OnNoData);

    private static double SecondsInStep(Rollout rollout, DateTimeOffset at) => (at - (rollout.StepBeganAt ?? at)).TotalSeconds;

    private static AcceptedDecision GoOn(Rollout rollout, DateTimeOffset at) =>
        rollout.Step + 1 < rollout.Plan.Steps.Count ? Expose(rollout, rollout.Step + 1, at)
        : rollout.Plan.Promotion == PromotionMode.Automatic ? Promote(rollout, "The last step passed.")
        : To(rollout, AwaitingPromotion, "The last step passed; a person decides.");

    private static AcceptedDecision Promote(Rollout rollout, string reason) => To(rollout, Promoted, reason, new MakeChampion(rollout.Version));

    private static AcceptedDecision RollBack(Rollout rollout, string reason) => To(rollout, RollingBack, reason, Restore(rollout));

    private static RestoreChampion Restore(Rollout rollout) =>
        new(rollout.Champion ?? throw new InvalidOperationException($"Rollout {rollout.Id} is exposed without a champion."));

    private static AcceptedDecision To(Rollout rollout, RolloutPhase phase, string reason, params IReadOnlyList<RolloutEffect> effects) =>
        new(rollout with { Phase = phase, Reason = reason }, effects);

    private static AcceptedDecision Unchanged(Rollout rollout) => new(rollout, []);

    private static RefusedDecision Refuse(string reason) => new(reason);
}
