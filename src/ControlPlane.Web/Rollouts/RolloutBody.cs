using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;

namespace ControlPlane.Web.Rollouts;

/// <summary>A rollout as programs see it.</summary>
public sealed record RolloutBody(
    long Id,
    string Model,
    string Environment,
    int Version,
    string ReleaseDigest,
    int? Champion,
    RolloutKind Kind,
    RolloutPhase Phase,
    int Step,
    DateTimeOffset? StepBeganAt,
    long PredictionsInStep,
    IReadOnlyList<StepBody> Steps,
    IReadOnlyList<Gate> Gates,
    PromotionMode Promotion,
    DateTimeOffset? StartAt,
    IReadOnlyList<GateVerdict> Verdicts,
    IReadOnlyList<RolloutAction> Allowed,
    string Reason,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<RolloutHistoryEntry> History,
    RollBackResult? RollBack,
    IReadOnlyList<string> AcceptedChanges)
{
    public static RolloutBody Of(RolloutView view) => new(
        view.Id, view.Model, view.Environment, view.Version, view.ReleaseDigest, view.Champion, view.Plan.Kind, view.Phase, view.Step, view.StepBeganAt, view.PredictionsInStep,
        [.. view.Plan.Steps.Select(step => new StepBody(step.Exposure, WirePercent.Of(step.ShareBasisPoints), step.HoldSeconds, step.MinimumPredictions))],
        view.Plan.Gates, view.Plan.Promotion, view.Plan.StartAt, view.Verdicts, view.Allowed, view.Reason, view.CreatedBy, view.CreatedAt, view.ChangedAt, view.History, view.RollBack,
        view.AcceptedChanges);
}

/// <summary>A step of a rollout.</summary>
public sealed record StepBody(StepExposure Exposure, double SharePercent, int HoldSeconds, long MinimumPredictions);
