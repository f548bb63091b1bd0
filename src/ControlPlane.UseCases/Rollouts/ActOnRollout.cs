using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>What a person can do to a rollout.</summary>
public enum RolloutAction
{
    Submit,
    Approve,
    Reject,
    Start,
    Hold,
    Resume,
    Promote,
    Rollback,
    Cancel,
}

/// <summary>One action with its reason (mandatory for reject, hold, rollback, cancel and for submitting an immediate rollout). The machine may refuse: Conflict with the reason.</summary>
public sealed record ActOnRollout(long Id, RolloutAction Action, string? Reason) : IRequest<RolloutView>, IPermitted
{
    public Permission? Needs => Action switch
    {
        RolloutAction.Submit or RolloutAction.Cancel => Permission.ProposeRollout,
        RolloutAction.Approve or RolloutAction.Reject => Permission.ApproveRollout,
        RolloutAction.Start or RolloutAction.Hold or RolloutAction.Resume or RolloutAction.Promote => Permission.PromoteRollout,
        RolloutAction.Rollback => Permission.RollBack,
    };
}
