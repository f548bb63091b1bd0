namespace ControlPlane.Domain.Rollouts;

/// <summary>How a version is exposed.</summary>
public enum RolloutKind
{
    /// <summary>All traffic at once; the first release of a model, or an emergency. A reason is mandatory.</summary>
    Immediate,

    /// <summary>Requests are mirrored to it; its answers are compared and not used.</summary>
    Shadow,

    /// <summary>A growing share of requests is answered by it.</summary>
    Canary,
}

/// <summary>Where a rollout stands.</summary>
public enum RolloutPhase
{
    /// <summary>Written down; nothing has been asked of anybody.</summary>
    Drafted,

    /// <summary>Waits for the people whom the environment requires.</summary>
    AwaitingApproval,

    /// <summary>Allowed; waits for its start time.</summary>
    Scheduled,

    /// <summary>The nodes load the version beside the champion and verify it.</summary>
    Placing,

    /// <summary>The current step's share is exposed and its gates are looked at.</summary>
    Exposing,

    /// <summary>A person or a gate stopped progress; the share stays.</summary>
    Holding,

    /// <summary>The last step has passed; a person decides.</summary>
    AwaitingPromotion,

    /// <summary>The version is the champion.</summary>
    Promoted,

    /// <summary>Refused by an approver.</summary>
    Rejected,

    /// <summary>Withdrawn before or during exposure; the champion answers everything.</summary>
    Cancelled,

    /// <summary>The champion's split is saved and on its way to the nodes.</summary>
    RollingBack,

    /// <summary>Taken back; the champion answers everything.</summary>
    RolledBack,

    /// <summary>Could not be placed; nobody was exposed.</summary>
    Failed,
}

/// <summary>What follows the last step.</summary>
public enum PromotionMode
{
    Ask,
    Automatic,
}

/// <summary>What a step does with its share of requests.</summary>
public enum StepExposure
{
    /// <summary>Answered by the version.</summary>
    Answered,

    /// <summary>Copied to the version; the champion answers.</summary>
    Mirrored,
}

/// <summary>A share of traffic held for at least a while and at least so many predictions.</summary>
public sealed record RolloutStep(StepExposure Exposure, int ShareBasisPoints, int HoldSeconds, long MinimumPredictions);

/// <summary>The planned exposure: what approvals are bound to.</summary>
public sealed record RolloutPlan(RolloutKind Kind, IReadOnlyList<RolloutStep> Steps, IReadOnlyList<Gate> Gates, PromotionMode Promotion, DateTimeOffset? StartAt);

/// <summary>The state that the machine folds over.</summary>
/// <param name="Champion">The champion that it was started against; null for a model's first release.</param>
/// <param name="Step">Index of the current step, 0-based.</param>
/// <param name="StepBeganAt">When the current step's split was set; null before exposure.</param>
/// <param name="Reason">Why the last phase was entered, in one sentence.</param>
public sealed record Rollout(
    long Id,
    string Model,
    string Environment,
    int Version,
    int? Champion,
    RolloutPlan Plan,
    int RequiredApprovals,
    int Approvals,
    RolloutPhase Phase,
    int Step,
    DateTimeOffset? StepBeganAt,
    string Salt,
    string Reason);
