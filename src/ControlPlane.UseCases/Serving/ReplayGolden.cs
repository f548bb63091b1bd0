using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Replays a version's golden samples on a node now and keeps the report as its latest. The version's status stays what its checks made it.</summary>
public sealed record ReplayGolden(string Model, int Version) : IRequest<GoldenReport>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class ReplayGoldenHandler(ControlPlaneContext context, TrialDelivery trials, IAuditTrail audit, TimeProvider clock) : IRequestHandler<ReplayGolden, GoldenReport>
{
    private const int Attempts = 3;

    public async Task<GoldenReport> Handle(ReplayGolden request, CancellationToken cancellationToken)
    {
        var (node, answer) = await trials.Deliver(request.Model, request.Version, row: null, cancellationToken);
        if (answer.Golden is not { } replay) throw new RefusedException(RefusalKind.Unavailable, $"{node} did not answer with a replay.");
        var report = GoldenReports.Of(replay, node, clock.GetUtcNow(), "golden");
        await Keep(request, report, cancellationToken);
        return report;
    }

    private async Task Keep(ReplayGolden request, GoldenReport report, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var version = await context.Versions.AsTracking().SingleAsync(version => version.Model == request.Model && version.Version == request.Version, cancellationToken);
            version.GoldenReport = report;
            audit.Append(
                "golden_replayed",
                $"models/{version.Model}/versions/{version.Version}",
                detail: new { report.Samples, report.Failed, report.MaxDifference, report.FirstStage, report.Node });
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Its checks ended, or began anew, while the samples ran: the replay is the latest all the same.
                context.ChangeTracker.Clear();
            }
        }
    }
}
