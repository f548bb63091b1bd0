using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Serving;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>A rollout with all that its page shows.</summary>
/// <param name="PredictionsInStep">Predictions by the version since the current step began (mirrored ones in a mirrored step).</param>
/// <param name="Verdicts">The newest verdict of each gate, in the plan's order; empty before the first look.</param>
/// <param name="Allowed">What the machine would accept now from a person.</param>
/// <param name="RollBack">How the roll-back went, once there was one.</param>
public sealed record RolloutView(
    long Id,
    string Model,
    string Environment,
    int Version,
    string ReleaseDigest,
    int? Champion,
    RolloutPlan Plan,
    RolloutPhase Phase,
    int Step,
    DateTimeOffset? StepBeganAt,
    long PredictionsInStep,
    IReadOnlyList<GateVerdict> Verdicts,
    IReadOnlyList<RolloutAction> Allowed,
    string Reason,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<RolloutHistoryEntry> History,
    RollBackResult? RollBack)
{
    /// <summary>Paths of the breaking changes that whoever proposed it named.</summary>
    public IReadOnlyList<string> AcceptedChanges { get; init; } = [];
}

/// <summary>One thing that happened to a rollout, oldest first.</summary>
public sealed record RolloutHistoryEntry(DateTimeOffset At, string By, string What, RolloutPhase Phase, int Step, string Reason);
