using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>What the schedule finds when it looks at an open rollout, as an event of the machine; null when nothing happened.</summary>
[UseCasePart]
public sealed class RolloutLook(ControlPlaneContext database, StepLook steps, RolloutGuard guard, FleetSettings fleet, TimeProvider clock)
{
    public async Task<RolloutEvent?> Event(RolloutRow row, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return row.Phase switch
        {
            RolloutPhase.Scheduled => row.Plan.StartAt > now ? null : await Start(row, now, cancellationToken),
            RolloutPhase.Placing => await Place(row, now, cancellationToken),
            _ => row.Phase.IsExposed() ? await steps.Judge(row, now, cancellationToken) : null,
        };
    }

    // Nobody is there to be told, so a rollout that may not start any more is withdrawn with its reason rather than left waiting for ever.
    private async Task<RolloutEvent> Start(RolloutRow row, DateTimeOffset now, CancellationToken cancellationToken) =>
        await guard.Obstacle(row, await Champion(row, cancellationToken), cancellationToken) is { } obstacle ? new CancelRequested(now, obstacle) : new StartFellDue(now);

    private async Task<RolloutEvent?> Place(RolloutRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var happened = PlacementLook.Event(row, await Alive(row.Environment, now, cancellationToken), await Champion(row, cancellationToken), row.ChangedAt, now);
        return happened is Placed placed && await guard.Obstacle(row, placed.Champion, cancellationToken) is { } obstacle ? new PlacementFailed(now, obstacle) : happened;
    }

    private async Task<IReadOnlyList<Node>> Alive(string environment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddSeconds(-fleet.LeaseSeconds);
        return await database.Nodes.AsNoTracking().Where(node => node.Environment == environment && node.LastReportAt >= since).OrderBy(node => node.Name).ToListAsync(cancellationToken);
    }

    private async Task<int?> Champion(RolloutRow row, CancellationToken cancellationToken) => await database.Splits
        .Where(split => split.Environment == row.Environment && split.Model == row.Model)
        .Select(split => (int?)split.Champion).SingleOrDefaultAsync(cancellationToken);
}
