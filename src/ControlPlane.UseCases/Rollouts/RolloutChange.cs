using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>
/// The one way in which a rollout changes: the machine decides, one save makes the new phase, its split, release, history and audit true together, and
/// then the nodes are told. Killed before the save nothing happened; killed after it, reports and the next <see cref="AdvanceRollouts"/> tell the nodes.
/// </summary>
[UseCasePart]
public sealed class RolloutChange(ControlPlaneContext database, SplitWriter splits, SplitDelivery delivery, RolloutJournal journal, TimeProvider clock)
{
    /// <summary>
    /// Applies the event to a tracked row and saves whatever else the unit of work holds. An event that changes nothing saves nothing.
    /// </summary>
    /// <exception cref="DbUpdateException">Somebody else changed the rollout or its split at the same moment; nothing was saved.</exception>
    public async Task<RolloutDecision> Apply(RolloutRow row, RolloutEvent happened, string? reason, CancellationToken cancellationToken)
    {
        var before = row.ToDomain();
        var decision = RolloutMachine.Next(before, happened);
        if (decision is not AcceptedDecision accepted || accepted.Rollout == before) return decision;
        row.Take(accepted.Rollout, happened.At);
        long? generation = null;
        foreach (var effect in accepted.Effects) generation = await Prepare(row, accepted.Rollout, effect, happened, reason, cancellationToken) ?? generation;
        journal.Changed(row, happened, reason, generation);
        await database.SaveChangesAsync(cancellationToken);
        if (generation is { } saved) await Deliver(row, saved);
        return decision;
    }

    /// <summary>Brings a saved roll-back to the nodes that lack it and closes the rollout when all that are not lost serve it.</summary>
    public async Task Deliver(RolloutRow row, long generation)
    {
        var delivered = await delivery.Deliver(row.Environment, row.Model, generation);
        if (row.Phase != RolloutPhase.RollingBack || !delivered.Complete) return;
        try
        {
            await Apply(row, new SplitRestored(clock.GetUtcNow()), null, CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The schedule found the same and was faster; the phase is what it should be.
            database.ChangeTracker.Clear();
        }
    }

    // PlaceVersion saves nothing of its own: the phase itself puts the version into every node's instruction, which comes with its next report.
    private async Task<long?> Prepare(RolloutRow row, Rollout rollout, RolloutEffect effect, RolloutEvent happened, string? reason, CancellationToken cancellationToken)
    {
        var current = await splits.Find(row.Environment, row.Model, cancellationToken);
        if (RolloutSplit.After(current?.ToDomain(), rollout, effect) is not { } next) return null;
        var cause = rollout.Plan.Kind == RolloutKind.Immediate ? ReleaseCause.Released : ReleaseCause.Promoted;
        var (by, why) = await journal.Origin(row, happened, reason, cancellationToken);
        await splits.Add(current, new(row.Environment, next, cause, by, why, row.Id, happened.At), cancellationToken);
        if (effect is RestoreChampion) row.RollBackGeneration = next.Generation;
        return next.Generation;
    }
}
