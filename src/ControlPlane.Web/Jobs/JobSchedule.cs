using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.Web.Composition;

namespace ControlPlane.Web.Jobs;

/// <summary>What happens on a clock: one line per use case.</summary>
public sealed class JobSchedule(ScheduleSettings settings)
{
    public IReadOnlyList<ScheduledRequest> Lines { get; } =
    [
        ScheduledRequest.Of(TimeSpan.FromSeconds(settings.LookSeconds), new AdvanceRollouts()),
        ScheduledRequest.Of(TimeSpan.FromSeconds(5), new ReconcileFleet()),
        ScheduledRequest.Of(TimeSpan.FromHours(1), new PurgeUploads()),
        ScheduledRequest.Of(TimeSpan.FromDays(1), new PurgeWindows()),
    ];
}
