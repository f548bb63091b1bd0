using ControlPlane.Domain.Access;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

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

public sealed class ActOnRolloutValidator : AbstractValidator<ActOnRollout>
{
    public ActOnRolloutValidator()
    {
        RuleFor(request => request.Reason).MaximumLength(Lengths.Paragraph).WithMessage($"must have at most {Lengths.Paragraph} characters");
        RuleFor(request => request.Reason)
            .Must(reason => !string.IsNullOrWhiteSpace(reason))
            .When(request => request.Action is RolloutAction.Reject or RolloutAction.Hold or RolloutAction.Rollback or RolloutAction.Cancel)
            .WithMessage("must be given");
    }
}

public sealed class ActOnRolloutHandler(ControlPlaneContext database, RolloutChange change, RolloutGuard guard, RolloutReader reader, TimeProvider clock)
    : IRequestHandler<ActOnRollout, RolloutView>
{
    private const int MostAttempts = 5;

    public async Task<RolloutView> Handle(ActOnRollout request, CancellationToken cancellationToken)
    {
        var requestedAt = clock.GetUtcNow();
        for (var attempt = 1; ; attempt++)
        {
            var row = await database.Rollouts.AsTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken)
                ?? throw RefusedException.NotFound($"rollout {request.Id}");
            var reason = await guard.Check(row, request, cancellationToken);
            try
            {
                var decision = await change.Apply(row, await Event(row, request, requestedAt, cancellationToken), reason, cancellationToken);
                if (decision is RefusedDecision refused) throw await guard.Refuse(row, request.Action, new(RefusalKind.Conflict, refused.Reason), cancellationToken);
                return await reader.View(request.Id, cancellationToken);
            }
            catch (DbUpdateException)
            {
                // The schedule, or somebody else, was faster: what the person asked for is put to the machine again, as things are now.
                database.ChangeTracker.Clear();
                if (attempt == MostAttempts) throw new RefusedException(RefusalKind.Conflict, "The rollout keeps changing at this moment; try again.");
            }
        }
    }

    private async Task<RolloutEvent> Event(RolloutRow row, ActOnRollout request, DateTimeOffset at, CancellationToken cancellationToken) => request.Action == RolloutAction.Submit
        ? new Submitted(at, await reader.Champion(row.Environment, row.Model, cancellationToken))
        : RolloutActions.Event(request.Action, at, request.Reason ?? "", row.Champion);
}
