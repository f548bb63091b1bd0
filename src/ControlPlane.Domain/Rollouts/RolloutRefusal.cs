using static ControlPlane.Domain.Rollouts.RolloutPhase;

namespace ControlPlane.Domain.Rollouts;

/// <summary>Why an event does not fit a phase, in a sentence that says what would.</summary>
public static class RolloutRefusal
{
    public static string Sentence(RolloutPhase phase, RolloutEvent happened) => (phase, happened) switch
    {
        (Promoted, RollBackRequested) => "It is promoted: roll the model back instead.",
        (Drafted or AwaitingApproval or Scheduled or Placing, RollBackRequested) => "Nobody is exposed to it yet: cancel it instead.",
        (Drafted or AwaitingApproval or Scheduled or Placing, HoldRequested or PromoteRequested) => $"{State(phase)}, so nothing is exposed that could be {Verb(happened)}.",
        (Holding, HoldRequested) => "It is being held already.",
        (Drafted, Approved or RejectionGiven or StartRequested) => $"It is a draft: submit it before it can be {Verb(happened)}.",
        (AwaitingApproval, StartRequested) => "Approvals are missing.",
        _ => $"{State(phase)}, so it cannot be {Verb(happened)}.",
    };

    private static string State(RolloutPhase phase) => phase switch
    {
        Drafted => "It is a draft",
        AwaitingApproval => "It waits for approval",
        Scheduled => "It waits for its start time",
        Placing => "The nodes are loading its version",
        Exposing => "It is being exposed",
        Holding => "It is being held",
        AwaitingPromotion => "It waits for promotion",
        Promoted => "It is promoted",
        Rejected => "It was rejected",
        Cancelled => "It was cancelled",
        RollingBack => "It is being rolled back",
        RolledBack => "It was rolled back",
        Failed => "It failed",
    };

    private static string Verb(RolloutEvent happened) => happened switch
    {
        Submitted => "submitted",
        Approved => "approved",
        RejectionGiven => "rejected",
        StartFellDue or StartRequested => "started",
        Placed or PlacementFailed => "placed",
        StepJudged => "judged",
        HoldRequested => "held",
        ResumeRequested => "resumed",
        PromoteRequested => "promoted",
        RollBackRequested => "rolled back",
        CancelRequested => "cancelled",
        SplitRestored => "restored",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "An event without a verb."),
    };
}
