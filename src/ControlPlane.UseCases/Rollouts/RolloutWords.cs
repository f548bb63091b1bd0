using ControlPlane.Domain.Rollouts;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Events as history and audit write them.</summary>
public static class RolloutWords
{
    public const string SubmittedWord = "submitted";

    public static string Of(RolloutEvent happened) => happened switch
    {
        Submitted => SubmittedWord,
        Approved => "approved",
        RejectionGiven => "rejected",
        StartFellDue or StartRequested => "started",
        Placed => "placed",
        PlacementFailed => "placement_failed",
        StepJudged => "judged",
        HoldRequested => "held",
        ResumeRequested => "resumed",
        PromoteRequested => "promoted",
        RollBackRequested => "rolled_back",
        CancelRequested => "cancelled",
        SplitRestored => "restored",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "An event without a word."),
    };
}
