using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Registry;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlPlane.Web.Registry;

/// <summary>Models, versions and resumable uploads over HTTP.</summary>
public static class RegistryApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("Registry");
        models.MapPost("", Create).WithSummary("A new, empty model.");
        models.MapGet("", (IMediator mediator, CancellationToken cancel, string environment = "production") => mediator.Send(new ListModels(environment), cancel))
            .WithSummary("Every model, by name.");
        models.MapGet("/{model}", (string model, IMediator mediator, CancellationToken cancel, string environment = "production") => mediator.Send(new GetModel(model, environment), cancel))
            .WithSummary("One model with its champion and versions.");
        models.MapGet("/{model}/versions/{version:int}", GetOne).WithSummary("One version with contract and checks.");
        models.MapGet("/{model}/versions/{version:int}/baseline", (string model, int version, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetBaseline(model, version), cancel))
            .WithSummary("The bins of a version's inputs and score, with what the reference counted in them.");
        models.MapGet("/{model}/versions/{version:int}/golden", GetGolden)
            .WithSummary("One golden sample of a version, by its line from 1 in the stored JSON lines; of an empty line, the next sample.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        models.MapPost("/{model}/versions/{version:int}/checks", Retry).WithSummary("Runs the checks of a rejected version again.");
    }

    private static async Task<Created<ModelView>> Create(NewModelBody body, IMediator mediator, CancellationToken cancel)
    {
        var model = await mediator.Send(new CreateModel(body.Name, body.Description), cancel);
        return TypedResults.Created($"/api/v1/models/{model.Name}", model);
    }

    private static async Task<VersionBody> GetOne(string model, int version, IMediator mediator, CancellationToken cancel) =>
        VersionBody.Of(await mediator.Send(new GetVersion(model, version), cancel));

    private static Task<GoldenSampleView> GetGolden(string model, int version, IMediator mediator, CancellationToken cancel, int line = 1) =>
        mediator.Send(new GetGoldenSample(model, version, line), cancel);

    private static async Task<Accepted<VersionBody>> Retry(string model, int version, IMediator mediator, CancellationToken cancel) =>
        TypedResults.Accepted($"/api/v1/models/{model}/versions/{version}", VersionBody.Of(await mediator.Send(new RetryChecks(model, version), cancel)));
}

/// <summary>What a new model is to be.</summary>
public sealed record NewModelBody(string Name, string? Description = null);

/// <summary>A version as programs see it; the contract in its canonical form.</summary>
public sealed record VersionBody(
    string Model,
    int Version,
    VersionStatus Status,
    string ReleaseDigest,
    string ArtifactDigest,
    long ArtifactBytes,
    string? GoldenDigest,
    int GoldenRows,
    bool ContractInferred,
    JsonElement Contract,
    IReadOnlyList<CheckResult> Checks,
    EnginePlace? Engine,
    IReadOnlyDictionary<string, int> Operators,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    string Notes,
    GoldenReport? GoldenReport,
    BaselineSummary? Baseline,
    IReadOnlyList<string> ImportNotes)
{
    public static VersionBody Of(VersionView view) => new(
        view.Model, view.Version, view.Status, view.ReleaseDigest, view.ArtifactDigest, view.ArtifactBytes, view.GoldenDigest, view.GoldenRows, view.ContractInferred,
        JsonSerializer.Deserialize<JsonElement>(view.ContractJson), view.Checks, view.Engine, view.Operators, view.CreatedAt, view.CreatedBy, view.Notes, view.GoldenReport, view.Baseline, view.ImportNotes ?? []);
}
