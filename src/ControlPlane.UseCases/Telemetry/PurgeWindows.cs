using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Telemetry;

/// <summary>Scheduled: removes windows older than the retention (Telemetry:WindowRetentionDays, 14); tells how many.</summary>
public sealed record PurgeWindows : IRequest<int>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}

internal sealed class PurgeWindowsHandler(ControlPlaneContext context, TelemetrySettings settings, TimeProvider clock) : IRequestHandler<PurgeWindows, int>
{
    public Task<int> Handle(PurgeWindows request, CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow().AddDays(-settings.WindowRetentionDays);
        return context.Windows.Where(window => window.Start < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
