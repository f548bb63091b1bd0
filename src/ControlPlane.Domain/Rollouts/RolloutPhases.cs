namespace ControlPlane.Domain.Rollouts;

/// <summary>What is true of a rollout because of its phase alone.</summary>
public static class RolloutPhases
{
    /// <summary>Something may still happen to it; a model has at most one open rollout in an environment.</summary>
    public static bool IsOpen(this RolloutPhase phase) => phase is RolloutPhase.Drafted or RolloutPhase.AwaitingApproval or RolloutPhase.Scheduled
        || phase.NeedsPlacement();

    /// <summary>The nodes must have its version loaded.</summary>
    public static bool NeedsPlacement(this RolloutPhase phase) => phase is RolloutPhase.Placing or RolloutPhase.RollingBack || phase.IsExposed();

    /// <summary>Its version gets requests, answered or mirrored, and its gates are watched.</summary>
    public static bool IsExposed(this RolloutPhase phase) => phase is RolloutPhase.Exposing or RolloutPhase.Holding or RolloutPhase.AwaitingPromotion;
}
