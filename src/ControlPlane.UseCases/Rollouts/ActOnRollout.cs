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

public sealed class ActOnRolloutHandler(ControlPlaneContext database, RolloutChange change, RolloutJournal journal, RolloutReader reader, TimeProvider clock)
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
            await Check(row, request, cancellationToken);
            try
            {
                var decision = await change.Apply(row, await Event(row, request, requestedAt, cancellationToken), request.Reason, cancellationToken);
                if (decision is RefusedDecision refused) throw await Refuse(row, request, new(RefusalKind.Conflict, refused.Reason), cancellationToken);
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

    private async Task Check(RolloutRow row, ActOnRollout request, CancellationToken cancellationToken)
    {
        if (request.Action is RolloutAction.Submit && row.Plan.Kind == RolloutKind.Immediate)
        {
            if (string.IsNullOrWhiteSpace(request.Reason)) throw RefusedException.Invalid("reason", "must be given for an immediate rollout");
            if (!RolePermissions.Allow(journal.Caller.Roles, Permission.ReleaseImmediately))
                throw await Refuse(row, request, new(RefusalKind.Forbidden, "You lack the permission release_immediately."), cancellationToken);
        }

        if (request.Action is not RolloutAction.Approve) return;
        if (row.CreatedBy == journal.By) throw await Refuse(row, request, new(RefusalKind.Forbidden, "Nobody approves their own rollout."), cancellationToken);
        if (await database.RolloutHistory.AnyAsync(entry => entry.RolloutId == row.Id && entry.What == "approved" && entry.By == journal.By, cancellationToken))
            throw await Refuse(row, request, new(RefusalKind.Conflict, "You have approved it already."), cancellationToken);
    }

    private async Task<RolloutEvent> Event(RolloutRow row, ActOnRollout request, DateTimeOffset at, CancellationToken cancellationToken) => request.Action == RolloutAction.Submit
        ? new Submitted(at, await reader.Champion(row.Environment, row.Model, cancellationToken))
        : RolloutActions.Event(request.Action, at, request.Reason ?? "", row.Champion);

    private async Task<RefusedException> Refuse(RolloutRow row, ActOnRollout request, RefusedException refusal, CancellationToken cancellationToken)
    {
        journal.Refused(row, SnakeCaseWord.Of(request.Action), refusal.Message);
        await database.SaveChangesAsync(cancellationToken);
        return refusal;
    }
}
