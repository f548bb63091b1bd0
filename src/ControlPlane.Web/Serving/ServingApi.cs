using ControlPlane.UseCases.Serving;
using MediatR;

namespace ControlPlane.Web.Serving;

/// <summary>Splits, releases, roll-back and the fleet over HTTP.</summary>
public static class ServingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var serving = api.MapGroup("").WithTags("Serving");
        serving.MapPost("/models/{model}/rollback", RollBack).WithSummary("Takes a model back at once; tells how long each node took.");
        serving.MapGet("/models/{model}/split", (string model, IMediator mediator, CancellationToken cancel, string environment = "production") => mediator.Send(new GetSplit(model, environment), cancel))
            .WithSummary("Which version answers which share of requests.");
        serving.MapGet("/releases", List).WithSummary("What was champion when; with `at` what served at that instant.");
        serving.MapGet("/nodes", (IMediator mediator, CancellationToken cancel, string? environment = null) => mediator.Send(new ListNodes(environment), cancel)).WithSummary("The fleet, by name.");
    }

    private static Task<RollBackResult> RollBack(string model, RollBackBody body, IMediator mediator, CancellationToken cancel) =>
        mediator.Send(new RollBackModel(model, body.Environment, body.ToVersion, body.Reason), cancel);

    private static Task<IReadOnlyList<ReleaseView>> List(IMediator mediator, CancellationToken cancel, string? model = null, string? environment = null, DateTimeOffset? at = null) =>
        mediator.Send(new ListReleases(model, environment, at), cancel);
}

/// <summary>A roll-back; without a version to the champion before.</summary>
public sealed record RollBackBody(string Reason, string Environment = "production", int? ToVersion = null);
