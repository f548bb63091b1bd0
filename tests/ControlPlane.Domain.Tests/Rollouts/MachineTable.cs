using ControlPlane.Domain.Rollouts;
using static ControlPlane.Domain.Tests.Rollouts.SampleRollouts;

namespace ControlPlane.Domain.Tests.Rollouts;

/// <summary>One way in which an event can come: the words for the printed table, the rollout it meets and the event itself.</summary>
internal sealed record Situation(string Words, RolloutEvent Event, RolloutPlan? Plan = null, int RequiredApprovals = 0, int Step = 0, int? Champion = 1)
{
    public Rollout RolloutIn(RolloutPhase phase) => In(phase, Plan, Step, RequiredApprovals) with { Champion = Champion };
}

/// <summary>Every event in every variant that the machine tells apart.</summary>
internal static class MachineTable
{
    private static readonly Gate HoldGate = ErrorGate(GateAction.Hold);
    private static readonly RolloutPlan Later = Canary() with { StartAt = Now.AddHours(1) };
    private static readonly RolloutPlan Automatic = Canary() with { Promotion = PromotionMode.Automatic };
    private static readonly DateTimeOffset TooLate = Now.AddSeconds(RolloutMachine.AnswerDeadlineSeconds);

    public static IReadOnlyList<Situation> Situations { get; } =
    [
        new("submitted", new Submitted(Now, 1)),
        new("submitted, approvals required", new Submitted(Now, 1), RequiredApprovals: 1),
        new("submitted, starts later", new Submitted(Now, 1), Later),
        new("submitted, first release, not immediate", new Submitted(Now, null)),
        new("submitted, is the champion already", new Submitted(Now, 2)),
        new("approved, last one", new Approved(Now), RequiredApprovals: 1),
        new("approved, more required", new Approved(Now), RequiredApprovals: 2),
        new("rejected", new RejectionGiven(Now, "no")),
        new("start time has come", new StartFellDue(Now.AddHours(1)), Later),
        new("start time has not come", new StartFellDue(Now), Later),
        new("started by a person", new StartRequested(Now), Later),
        new("placed on every node", new Placed(Now, 1)),
        new("placed on every node, immediate", new Placed(Now, null), Immediate),
        new("placed on every node, became the champion meanwhile", new Placed(Now, 2)),
        new("placed on every node, champion gone", new Placed(Now, null)),
        new("placement failed", new PlacementFailed(Now, "broken")),
        new("judged: hold time not over", new StepJudged(Now.AddSeconds(-100), 1000, [Says(Verdict.Pass)])),
        new("judged: too few predictions", new StepJudged(Now, 99, [Says(Verdict.Pass)])),
        new("judged: a verdict is missing", new StepJudged(Now, 1000, [])),
        new("judged: all pass, more steps", Judged(Says(Verdict.Pass))),
        new("judged: all pass, last step", Judged(Says(Verdict.Pass)), Step: 1),
        new("judged: all pass, last step, automatic", Judged(Says(Verdict.Pass)), Automatic, Step: 1),
        new("judged: no data or inconclusive", Judged(Says(Verdict.Inconclusive))),
        new("judged: no answer by the deadline, gate says hold", new StepJudged(TooLate, 1000, [Says(Verdict.NoData)])),
        new("judged: no answer by the deadline, gate says roll back", new StepJudged(TooLate, 1000, [Says(Verdict.NoData, ErrorGate(onNoData: GateAction.RollBack))])),
        new("judged: fails, gate says hold", Judged(Says(Verdict.Fail, HoldGate))),
        new("judged: fails, gate says roll back", Judged(Says(Verdict.Fail, HoldGate), Says(Verdict.Fail))),
        new("hold", new HoldRequested(Now, "wait")),
        new("resume", new ResumeRequested(Now)),
        new("promote", new PromoteRequested(Now)),
        new("roll back", new RollBackRequested(Now, "bad")),
        new("cancel", new CancelRequested(Now, "not wanted")),
        new("champion's split restored on the nodes", new SplitRestored(Now)),
    ];

    /// <summary>What the machine answers, as it is printed: next phase and effects, <c>stays</c>, or null when refused.</summary>
    public static string? Answer(RolloutPhase phase, Situation situation)
    {
        var before = situation.RolloutIn(phase);
        return RolloutMachine.Next(before, situation.Event) switch
        {
            AcceptedDecision { Effects: [] } same when same.Rollout == before => "stays",
            AcceptedDecision accepted => string.Join(", ", [accepted.Rollout.Phase.ToString(), .. accepted.Effects.Select(Words)]),
            _ => null,
        };
    }

    private static string Words(RolloutEffect effect) => effect switch
    {
        PlaceVersion => "load the version",
        ExposeStep expose => $"expose step {expose.Step + 1}",
        RestoreChampion => "restore the champion's split",
        MakeChampion => "make it champion",
        _ => throw new ArgumentOutOfRangeException(nameof(effect)),
    };
}
