using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Telemetry;

/// <summary>Scheduled: removes windows older than the retention (Telemetry:WindowRetentionDays, 14).</summary>
public sealed record PurgeWindows : IRequest<int>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}
