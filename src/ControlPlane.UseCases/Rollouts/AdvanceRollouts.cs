using ControlPlane.Domain.Access;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Scheduled, every two seconds: looks at every open rollout, judges its gates and moves it on. Safe to run twice and to be killed anywhere.</summary>
public sealed record AdvanceRollouts : IRequest, IPermitted
{
    public Permission? Needs => Permission.PromoteRollout;
}

public sealed class AdvanceRolloutsHandler(ControlPlaneContext database, RolloutChange change, RolloutLook look, TimeProvider clock) : IRequestHandler<AdvanceRollouts>
{
    // Whoever saved a roll-back is pushing it at this moment; only what was left undelivered is taken up.
    private static readonly TimeSpan PushInProgress = TimeSpan.FromSeconds(3);

    public async Task<Unit> Handle(AdvanceRollouts request, CancellationToken cancellationToken)
    {
        var open = await database.Rollouts.AsNoTracking()
            .Where(row => row.OpenSlot != null && row.Phase != RolloutPhase.Drafted && row.Phase != RolloutPhase.AwaitingApproval)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        var failures = new List<Exception>();
        foreach (var id in open)
        {
            try
            {
                await Advance(id, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One rollout that cannot be looked at must not stop the others; the schedule hears of it below.
                failures.Add(new InvalidOperationException($"Rollout {id} could not be advanced: {failure.Message}", failure));
            }
        }

        return failures.Count == 0 ? Unit.Value : throw new AggregateException(failures);
    }

    private async Task Advance(long id, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        var row = await database.Rollouts.AsTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var stamp = row.Stamp;
        try
        {
            if (row is { Phase: RolloutPhase.RollingBack, RollBackGeneration: { } generation })
            {
                if (clock.GetUtcNow() - row.ChangedAt >= PushInProgress) await change.Deliver(row, generation);
                return;
            }

            if (await look.Event(row, cancellationToken) is not { } happened) return;
            if (await change.Apply(row, happened, null, cancellationToken) is RefusedDecision refused) throw new InvalidOperationException(refused.Reason);
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (InvalidOperationException transient) when (transient.InnerException is DbUpdateException)
        {
            // What EF calls transient, such as being chosen as a deadlock's victim by somebody who moves the same rollout: the next look, seconds away, tries again.
            database.ChangeTracker.Clear();
        }
        catch (DbUpdateException)
        {
            database.ChangeTracker.Clear();
            // A row that changed meanwhile: somebody else moved it on, and the next look sees where it is. Anything else is a real failure.
            if (await database.Rollouts.Where(now => now.Id == id).Select(now => now.Stamp).SingleAsync(cancellationToken) == stamp) throw;
        }
    }
}
