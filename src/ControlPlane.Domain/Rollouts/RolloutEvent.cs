namespace ControlPlane.Domain.Rollouts;

/// <summary>Something that happened to a rollout, with its instant: the machine needs neither clock nor query.</summary>
public abstract record RolloutEvent(DateTimeOffset At);

/// <summary>Its author asks for it to be carried out.</summary>
/// <param name="Champion">The champion at that instant; null for a model's first release.</param>
public sealed record Submitted(DateTimeOffset At, int? Champion) : RolloutEvent(At);

/// <summary>One of the required approvals was given.</summary>
public sealed record Approved(DateTimeOffset At) : RolloutEvent(At);

/// <summary>An approver refused it.</summary>
public sealed record RejectionGiven(DateTimeOffset At, string Reason) : RolloutEvent(At);

/// <summary>The clock looked at a scheduled rollout.</summary>
public sealed record StartFellDue(DateTimeOffset At) : RolloutEvent(At);

/// <summary>A person starts it without waiting for its start time.</summary>
public sealed record StartRequested(DateTimeOffset At) : RolloutEvent(At);

/// <summary>Every node of the environment has loaded and verified the version.</summary>
/// <param name="Champion">The champion at that instant, which may have changed since the draft.</param>
public sealed record Placed(DateTimeOffset At, int? Champion) : RolloutEvent(At);

/// <summary>A node cannot load or verify the version.</summary>
public sealed record PlacementFailed(DateTimeOffset At, string Reason) : RolloutEvent(At);

/// <summary>The current step was looked at.</summary>
/// <param name="Predictions">Predictions by the version since the step began.</param>
/// <param name="Verdicts">One for each gate of the plan; a missing one counts as not passed.</param>
public sealed record StepJudged(DateTimeOffset At, long Predictions, IReadOnlyList<GateVerdict> Verdicts) : RolloutEvent(At);

/// <summary>A person stops progress; the share stays.</summary>
public sealed record HoldRequested(DateTimeOffset At, string Reason) : RolloutEvent(At);

/// <summary>A person lets it go on; the current step begins anew.</summary>
public sealed record ResumeRequested(DateTimeOffset At) : RolloutEvent(At);

/// <summary>A person makes the version the champion.</summary>
public sealed record PromoteRequested(DateTimeOffset At) : RolloutEvent(At);

/// <summary>A person takes the version back.</summary>
public sealed record RollBackRequested(DateTimeOffset At, string Reason) : RolloutEvent(At);

/// <summary>A person withdraws the rollout.</summary>
public sealed record CancelRequested(DateTimeOffset At, string Reason) : RolloutEvent(At);

/// <summary>Every node that can be reached serves the champion's split again.</summary>
public sealed record SplitRestored(DateTimeOffset At) : RolloutEvent(At);
