using ControlPlane.Domain.Access;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Telemetry;

/// <summary>Windows that overlap [since, until), merged over nodes, oldest first. One call a second feeds every live page.</summary>
public sealed record ReadWindows(DateTimeOffset Since, DateTimeOffset Until, string? Environment = null, string? Model = null) : IRequest<IReadOnlyList<WindowView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>Counts of one version and role in [Start, Start + Seconds), all nodes together. The newest one is still filling.</summary>
public sealed record WindowView(string Environment, string Model, int Version, TrafficRole Role, DateTimeOffset Start, int Seconds, WindowCounts Counts);
