using ControlPlane.Domain.Rollouts;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>A person's action as an event of the machine.</summary>
public static class RolloutActions
{
    public static RolloutEvent Event(RolloutAction action, DateTimeOffset at, string reason, int? champion) => action switch
    {
        RolloutAction.Submit => new Submitted(at, champion),
        RolloutAction.Approve => new Approved(at),
        RolloutAction.Reject => new RejectionGiven(at, reason),
        RolloutAction.Start => new StartRequested(at),
        RolloutAction.Hold => new HoldRequested(at, reason),
        RolloutAction.Resume => new ResumeRequested(at),
        RolloutAction.Promote => new PromoteRequested(at),
        RolloutAction.Rollback => new RollBackRequested(at, reason),
        RolloutAction.Cancel => new CancelRequested(at, reason),
    };

    /// <summary>What the machine would accept now from a person.</summary>
    public static IReadOnlyList<RolloutAction> Allowed(Rollout rollout, DateTimeOffset at) =>
        [.. Enum.GetValues<RolloutAction>().Where(action => RolloutMachine.Next(rollout, Event(action, at, "", rollout.Champion)) is AcceptedDecision)];
}
