using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Telemetry;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Telemetry;

/// <summary>Live counts and outcomes over HTTP.</summary>
public static class TelemetryApi
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void Map(IEndpointRouteBuilder api)
    {
        var telemetry = api.MapGroup("").WithTags("Telemetry");
        telemetry.MapGet("/models/{model}/metrics", Metrics).WithSummary("Windows of requests, errors, latency and scores by version and role; the last 15 minutes without `since`.");
        telemetry.MapPost("/outcomes", Record).WithSummary("What really happened: one outcome, an array, or JSON lines (application/x-ndjson).")
            .Accepts<IReadOnlyList<OutcomeBody>>("application/json", "application/x-ndjson");
    }

    private static async Task<MetricsBody> Metrics(
        string model, [AsParameters] MetricsRange range, IMediator mediator, TimeProvider clock, CancellationToken cancel)
    {
        await mediator.Send(new GetModel(model, range.Environment), cancel);
        var until = range.Until ?? clock.GetUtcNow();
        var since = range.Since ?? until - Default;
        if (since >= until) throw RefusedException.Invalid("since", "must be before until");
        if (until - since > Longest) throw RefusedException.Invalid("since", $"may be at most {Longest.TotalHours:0} hours before until");
        var windows = await mediator.Send(new ReadWindows(since, until, range.Environment, model), cancel);
        return MetricsBody.Of(model, range.Environment, since, until, [.. windows.Where(window => range.Version is null || window.Version == range.Version)]);
    }

    private static async Task<Accepted<RecordedOutcomes>> Record(HttpRequest request, IMediator mediator, CancellationToken cancel) =>
        TypedResults.Accepted((string?)null, await mediator.Send(new RecordOutcomes(await OutcomeBodies.Read(request, cancel)), cancel));
}

/// <summary>Which windows are asked for.</summary>
public sealed record MetricsRange(
    [FromQuery(Name = "version")] int? Version = null,
    [FromQuery(Name = "since")] DateTimeOffset? Since = null,
    [FromQuery(Name = "until")] DateTimeOffset? Until = null,
    [FromQuery(Name = "environment")] string Environment = "production");
