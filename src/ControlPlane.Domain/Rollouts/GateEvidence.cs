using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Domain.Rollouts;

/// <summary>What a gate looks at: both versions since the step began and in the gate's last window.</summary>
/// <param name="ChampionIsEarlier">The champion got too few requests in this step (a share of 100 %), so its counts are from the whole exposure.</param>
public sealed record GateEvidence(WindowCounts ChampionInStep, WindowCounts ChallengerInStep, WindowCounts ChampionInWindow, WindowCounts ChallengerInWindow, bool ChampionIsEarlier = false);
