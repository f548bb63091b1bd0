using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Serving;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Serving;

/// <summary>Trials of a version on a node, out of the traffic, over HTTP.</summary>
public static class TrialApi
{
    private const long RowBytes = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        var trials = api.MapGroup("/models/{model}/versions/{version:int}").WithTags("Serving");
        trials.MapPost("/try", Try).WithMetadata(new RequestSizeLimitAttribute(RowBytes))
            .WithSummary("Sends one row through a version and shows every stage; a row that is refused or fails is an answer too, with its problems and `failed_stage`.");
        trials.MapPost("/golden-runs", Replay).WithSummary("Replays a version's golden samples on a node now; the report becomes the version's latest.");
    }

    private static Task<TriedRow> Try(string model, int version, TryBody body, IMediator mediator, CancellationToken cancel) =>
        mediator.Send(new TryVersion(model, version, body.Inputs, body.ResponseVersion), cancel);

    private static Task<GoldenReport> Replay(string model, int version, IMediator mediator, CancellationToken cancel) => mediator.Send(new ReplayGolden(model, version), cancel);
}

/// <summary>A row as the row form takes it, and the response version asked for.</summary>
public sealed record TryBody(JsonElement Inputs, string? ResponseVersion = null);
