using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Which node tries which version: the first live one that asks, and another one when that is lost.</summary>
[UseCasePart]
internal sealed class CheckAssignment(ControlPlaneContext context, FleetSettings fleet, TimeProvider clock)
{
    /// <summary>Gives a node every version that waits for its checks and that no live node is trying. Committed at once; two nodes that ask together never get the same one.</summary>
    public async Task TakeWaiting(Guid nodeId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var waiting = Waiting(now);
        // Looked at first, because nearly always there is nothing, and an update takes SQLite's one write lock.
        if (await waiting.AnyAsync(cancellationToken))
            await waiting.ExecuteUpdateAsync(set => set.SetProperty(version => version.CheckNodeId, nodeId).SetProperty(version => version.CheckAssignedAt, now), cancellationToken);
    }

    private IQueryable<ModelVersion> Waiting(DateTimeOffset now)
    {
        var lostBefore = now.AddSeconds(-fleet.LeaseSeconds);
        return context.Versions.Where(version => version.Status == VersionStatus.Checking
            && !context.Nodes.Any(node => node.Id == version.CheckNodeId && node.LastReportAt >= lostBefore));
    }
}
