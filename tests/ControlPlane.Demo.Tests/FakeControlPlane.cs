using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ControlPlane.Demo.Surface;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Demo.Tests;

/// <summary>Web's public surface over memory, spoken over real HTTP: enough to see what the demonstration asks for, and in which order.</summary>
internal sealed class FakeControlPlane : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<OutcomeReport> _outcomes = [];
    private readonly Dictionary<(string Model, int Version), int> _looks = [];

    private FakeControlPlane(WebApplication app) => _app = app;

    public Dictionary<string, FakeModel> Models { get; } = [];

    public List<FakeRollout> Rollouts { get; } = [];

    /// <summary>The outcomes that have come in so far: a copy, as more may be on their way.</summary>
    public IReadOnlyList<OutcomeReport> Outcomes
    {
        get
        {
            lock (_outcomes)
                return [.. _outcomes];
        }
    }

    public List<NodeView> Nodes { get; } = [];

    /// <summary>Calls that change something, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>A version whose golden check fails.</summary>
    public int? Rejects { get; set; }

    /// <summary>How many calls are answered with 503 before any is served.</summary>
    public int Unavailable { get; set; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<FakeControlPlane> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        var web = new FakeControlPlane(builder.Build());
        web._app.Use(web.GuardAsync);
        web._app.MapGet("/readyz", () => Results.Ok());
        web.MapRegistry(web._app.MapGroup("/api/v1"));
        web.MapRollouts(web._app.MapGroup("/api/v1"));
        await web._app.StartAsync(TestContext.Current.CancellationToken);
        return web;
    }

    public ControlPlaneClient Client(TimeProvider time) => new(ControlPlaneClient.Connect(Address, "key"), time);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/readyz" && context.Request.Headers.Authorization != "Bearer key")
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        else if (Unavailable-- > 0)
            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
        else
            await next(context);
    }

    private void MapRegistry(RouteGroupBuilder api)
    {
        api.MapGet("/models/{model}", (string model) =>
            Models.TryGetValue(model, out var found) ? Results.Json(new { name = model, champion = found.Champion, versions = Array.Empty<object>() }) : Results.NotFound());
        api.MapPost("/models", (NewModel model) =>
        {
            Changes.Add($"create {model.Name}");
            return Models.TryAdd(model.Name, new FakeModel()) ? Results.Json(new { name = model.Name }, statusCode: 201) : Results.Conflict();
        });
        api.MapPost("/models/{model}/consumers", (string model, NewConsumer consumer) =>
        {
            // As the product: before the first version nobody can know which fields there are.
            if (Models[model].Digests.Count == 0)
                return Results.BadRequest();
            if (Models[model].Consumers.Contains(consumer.Name))
                return Results.Conflict();
            Models[model].Consumers.Add(consumer.Name);
            Changes.Add($"register {consumer.Name} {consumer.ResponseMajor} [{string.Join(' ', consumer.Fields)}]");
            return Results.Json(new { id = Guid.NewGuid(), name = consumer.Name }, statusCode: 201);
        });
        api.MapPost("/models/{model}/versions", UploadAsync);
        api.MapGet("/models/{model}/versions/{version:int}", (string model, int version) =>
        {
            // The first look finds the checks still running.
            var status = (_looks[(model, version)] = _looks.GetValueOrDefault((model, version)) + 1) == 1 ? "checking" : version == Rejects ? "rejected" : "ready";
            var golden = new { name = "golden", outcome = version == Rejects ? "failed" : "passed", sentence = "row 3: score 0.2 was expected and 0.3 came" };
            return Results.Json(new { version, status, checks = new[] { new { name = "loads", outcome = "passed", sentence = "opened" }, golden } });
        });
        api.MapGet("/nodes", () => Nodes);
        api.MapPost("/outcomes", (List<OutcomeReport> outcomes) =>
        {
            lock (_outcomes)
                _outcomes.AddRange(outcomes);
            return Results.Json(new { accepted = outcomes.Count, duplicate = 0, rejected = 0 }, statusCode: 202);
        });
    }

    private async Task<IResult> UploadAsync(string model, HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var artifact = form.Files["artifact"] ?? throw new InvalidOperationException("no artifact");
        using var document = JsonDocument.Parse(form["contract"].Single()!);
        var digest = Convert.ToHexString(await SHA256.HashDataAsync(artifact.OpenReadStream())) + document.RootElement.GetProperty("response");
        var digests = Models[model].Digests;
        var known = digests.IndexOf(digest) + 1;
        if (known == 0)
        {
            digests.Add(digest);
            Changes.Add($"upload {model} {form["golden"].Single()!.Trim().Split('\n').Length} golden rows, {await RowsAsync(form.Files["baseline"]!)} reference rows");
        }

        return Results.Json(new { version = known == 0 ? digests.Count : known, status = "checking" }, statusCode: 202);
    }

    private static async Task<int> RowsAsync(IFormFile csv)
    {
        using var reader = new StreamReader(csv.OpenReadStream());
        return (await reader.ReadToEndAsync()).Trim().Split('\n').Length - 1;
    }

    private void MapRollouts(RouteGroupBuilder api)
    {
        api.MapGet("/rollouts", (string model) => Rollouts.Where(rollout => rollout.Model == model).Reverse());
        api.MapGet("/rollouts/{id:long}", (long id) => Rollouts.Single(rollout => rollout.Id == id));
        api.MapPost("/rollouts", (NewRollout draft) =>
        {
            if (Rollouts.Any(rollout => rollout.Model == draft.Model && rollout.Phase is "drafted" or "exposing"))
                return Results.Conflict();
            Rollouts.Add(new FakeRollout { Id = Rollouts.Count + 1, Model = draft.Model, Version = draft.Version, Kind = draft.Kind });
            Changes.Add($"draft {draft.Kind} {draft.Model} {draft.Version} {draft.Environment} {draft.Promotion} [{string.Join(' ', draft.Steps.Select(step => step.SharePercent))}] {draft.Gates.Count} gates");
            return Results.Json(Rollouts[^1], statusCode: 201);
        });
        api.MapPost("/rollouts/{id:long}/submit", (long id, Submission submission) =>
        {
            var rollout = Rollouts.Single(rollout => rollout.Id == id);
            rollout.Phase = rollout.Kind == "immediate" ? "promoted" : "exposing";
            if (rollout.Kind == "immediate")
                Models[rollout.Model].Champion = rollout.Version;
            Changes.Add(submission.Reason.Length > 0 ? $"submit {rollout.Kind} {rollout.Model}" : "submit without a reason");
            return rollout;
        });
    }

    private sealed record NewConsumer(string Name, int ResponseMajor, List<string> Fields, string Owner, string Contact);

    private sealed record NewModel(string Name, string Description);

    private sealed record NewRollout(string Model, int Version, string Environment, string Kind, string Promotion, List<StepDraft> Steps, List<JsonElement> Gates);

    private sealed record Submission(string Reason);
}

internal sealed class FakeModel
{
    public int? Champion { get; set; }

    public List<string> Consumers { get; } = [];

    public List<string> Digests { get; } = [];
}

internal sealed class FakeRollout
{
    public long Id { get; init; }

    public required string Model { get; init; }

    public int Version { get; init; }

    public required string Kind { get; init; }

    public string Phase { get; set; } = "drafted";
}
