namespace ControlPlane.Domain.Rollouts;

/// <summary>What the machine answers to an event: accepted with effects, or refused with a reason; never silence.</summary>
public abstract record RolloutDecision;

/// <summary>The rollout as it is from now on, and what must be done. An event that changes nothing gives back the same rollout without effects.</summary>
public sealed record AcceptedDecision(Rollout Rollout, IReadOnlyList<RolloutEffect> Effects) : RolloutDecision;

/// <summary>The event does not fit the phase; nothing changes.</summary>
public sealed record RefusedDecision(string Reason) : RolloutDecision;
