using ControlPlane.Domain.Access;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Telemetry;

/// <summary>Windows that overlap [since, until), merged over nodes, oldest first. One call a second feeds every live page.</summary>
public sealed record ReadWindows(DateTimeOffset Since, DateTimeOffset Until, string? Environment = null, string? Model = null) : IRequest<IReadOnlyList<WindowView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>Counts of one version and role in [Start, Start + Seconds), all nodes together. The newest one is still filling.</summary>
public sealed record WindowView(string Environment, string Model, int Version, TrafficRole Role, DateTimeOffset Start, int Seconds, WindowCounts Counts);

internal sealed class ReadWindowsValidator : AbstractValidator<ReadWindows>
{
    public ReadWindowsValidator() => RuleFor(request => request.Until).GreaterThan(request => request.Since).WithMessage("must be after since");
}

internal sealed class ReadWindowsHandler(ControlPlaneContext context) : IRequestHandler<ReadWindows, IReadOnlyList<WindowView>>
{
    public async Task<IReadOnlyList<WindowView>> Handle(ReadWindows request, CancellationToken cancellationToken)
    {
        // No window is longer than a report may say, so that the index on the start finds every one that reaches into the time asked for.
        var earliestStart = request.Since.AddSeconds(-WindowIntake.MaximumSeconds);
        var windows = context.Windows.AsNoTracking().Where(window => window.Start > earliestStart && window.Start < request.Until && window.Segment == "");
        if (request.Environment is { } environment) windows = windows.Where(window => window.Environment == environment);
        if (request.Model is { } model) windows = windows.Where(window => window.Model == model);
        var rows = await windows.ToListAsync(cancellationToken);
        return
        [
            .. rows.Where(window => window.Start.AddSeconds(window.Seconds) > request.Since)
                .GroupBy(window => (window.Environment, window.Model, window.Version, window.Role, window.Start, window.Seconds))
                .OrderBy(group => group.Key.Start).ThenBy(group => group.Key.Model, StringComparer.Ordinal).ThenBy(group => group.Key.Version)
                .Select(group => new WindowView(
                    group.Key.Environment,
                    group.Key.Model,
                    group.Key.Version,
                    group.Key.Role,
                    group.Key.Start,
                    group.Key.Seconds,
                    group.Aggregate(WindowCounts.Empty, (sum, window) => sum.Plus(window.Counts)))),
        ];
    }
}
