using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Rollouts;

/// <summary>A button of a rollout's page, with what its confirmation says.</summary>
public sealed record RolloutButton(RolloutAction Action, string Text, string Title, string Done, bool NeedsReason, Func<RolloutView, int, string> Consequence)
{
    public bool IsDangerous => Action is RolloutAction.Rollback or RolloutAction.Reject or RolloutAction.Cancel;

    /// <summary>Red for the way back, filled for the one thing that the phase waits for, plain for the rest.</summary>
    public string Look(RolloutPhase phase) => Action switch
    {
        RolloutAction.Rollback or RolloutAction.Reject => "danger",
        RolloutAction.Submit or RolloutAction.Approve => "primary",
        RolloutAction.Promote when phase == RolloutPhase.AwaitingPromotion => "primary",
        _ => "",
    };
}

/// <summary>The buttons that a rollout offers now: what the machine would accept, the way back always last.</summary>
public static class RolloutButtons
{
    private static readonly IReadOnlyList<RolloutButton> All =
    [
        new(RolloutAction.Hold, "Hold…", "Hold the rollout", "The rollout is held", true, (rollout, _) => $"The share of v{rollout.Version} stays as it is; no further step begins until somebody resumes."),
        new(RolloutAction.Resume, "Resume…", "Resume the rollout", "The rollout goes on", false, (rollout, _) => $"v{rollout.Version} goes on from the step where it was held; its gates are looked at again."),
        new(RolloutAction.Start, "Start now…", "Start the rollout", "The rollout begins", false, (rollout, nodes) => $"{Phrases.Many(nodes, "node")} will load v{rollout.Version} beside the champion and the first step begins."),
        new(RolloutAction.Reject, "Reject…", "Reject the rollout", "The rollout was rejected", true, (rollout, _) => $"The rollout of v{rollout.Version} ends here; nobody was exposed to it."),
        new(RolloutAction.Cancel, "Cancel…", "Cancel the rollout", "The rollout was cancelled", true, (rollout, _) => $"The rollout of v{rollout.Version} ends. {Champion(rollout)}"),
        new(RolloutAction.Submit, "Submit…", "Submit the rollout", "The rollout was submitted", false, Submitting),
        new(RolloutAction.Approve, "Approve…", "Approve the rollout", "The rollout was approved", false, (rollout, _) => $"You vouch for exposing v{rollout.Version} as planned."),
        new(RolloutAction.Promote, "Promote…", "Promote the version", "The version is the champion", false, (rollout, nodes) => $"{Phrases.Many(nodes, "node")} will answer every request of {rollout.Model} with v{rollout.Version}; it becomes the champion."),
        new(RolloutAction.Rollback, "Roll back", "Roll back", "Rolled back", true, (rollout, nodes) => RollBackFlow.Consequence(rollout.Model, rollout.Champion, nodes)),
    ];

    public static IReadOnlyList<RolloutButton> Of(RolloutView rollout) =>
        [.. All.Where(button => rollout.Allowed.Contains(button.Action)).Select(button => rollout.Plan.Kind == RolloutKind.Immediate && button.Action == RolloutAction.Submit ? button with { NeedsReason = true } : button)];

    private static string Champion(RolloutView rollout) => rollout.Champion is { } champion ? $"v{champion} answers every request." : "The model stays without a champion.";

    private static string Submitting(RolloutView rollout, int nodes) => rollout.Plan.Kind == RolloutKind.Immediate
        ? $"{Phrases.Many(nodes, "node")} will load v{rollout.Version} and answer every request of {rollout.Model} with it."
        : $"{Phrases.Many(nodes, "node")} will load v{rollout.Version} beside the champion; then the first step, {RolloutFigures.StepTitle(rollout.Plan.Steps[0]).ToLowerInvariant()}, begins.";
}
