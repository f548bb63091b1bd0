using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Which node tries which version: the first live one that asks and is trying no other, and another one when that is lost.</summary>
[UseCasePart]
internal sealed class CheckAssignment(ControlPlaneContext context, FleetSettings fleet, TimeProvider clock)
{
    /// <summary>
    /// Gives a node that tries nothing the oldest version that waits for its checks and that no live node is trying: one at a time, so that a slow one
    /// keeps no others waiting. Committed at once; two nodes that ask together never get the same one.
    /// </summary>
    public async Task TakeWaiting(Guid nodeId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Looked at first, because nearly always there is nothing, and an update takes SQLite's one write lock.
        while (!await TriesOne(nodeId, cancellationToken) && await Oldest(now, cancellationToken) is { } next)
        {
            var given = await Waiting(now).Where(version => version.Model == next.Model && version.Version == next.Version)
                .ExecuteUpdateAsync(set => set.SetProperty(version => version.CheckNodeId, nodeId).SetProperty(version => version.CheckAssignedAt, now), cancellationToken);
            if (given > 0) return;
        }
    }

    private Task<bool> TriesOne(Guid nodeId, CancellationToken cancellationToken) =>
        context.Versions.AnyAsync(version => version.Status == VersionStatus.Checking && version.CheckNodeId == nodeId, cancellationToken);

    private Task<WaitingVersion?> Oldest(DateTimeOffset now, CancellationToken cancellationToken) => Waiting(now)
        .OrderBy(version => version.CreatedAt).ThenBy(version => version.Model).ThenBy(version => version.Version)
        .Select(version => new WaitingVersion(version.Model, version.Version)).FirstOrDefaultAsync(cancellationToken);

    private IQueryable<ModelVersion> Waiting(DateTimeOffset now)
    {
        var lostBefore = now.AddSeconds(-fleet.LeaseSeconds);
        return context.Versions.Where(version => version.Status == VersionStatus.Checking
            && !context.Nodes.Any(node => node.Id == version.CheckNodeId && node.LastReportAt >= lostBefore));
    }

    private sealed record WaitingVersion(string Model, int Version);
}
