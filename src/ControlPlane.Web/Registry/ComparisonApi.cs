using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Registry;
using MediatR;

namespace ControlPlane.Web.Registry;

/// <summary>What a version changes, and how much a model's versions may, over HTTP.</summary>
public static class ComparisonApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/models/{model}").WithTags("Contracts");
        models.MapGet("/versions/{version:int}/comparison", Compare)
            .WithSummary("What a version changes against another one (against), the champion of the environment, or the version before; and whom it hits.");
        models.MapPut("/compatibility", (string model, CompatibilityBody body, IMediator mediator, CancellationToken cancel) => mediator.Send(new SetCompatibility(model, body.Mode), cancel))
            .WithSummary("Sets what blocks a rollout: nothing, what breaks clients, or also what a roll-back would break.");
    }

    private static async Task<ComparisonBody> Compare(
        string model, int version, IMediator mediator, CancellationToken cancel, int? against = null, string environment = "production") =>
        ComparisonBody.Of(await mediator.Send(new CompareVersions(model, version, against, environment), cancel));
}

/// <summary>A model's compatibility mode.</summary>
public sealed record CompatibilityBody(CompatibilityMode Mode);

/// <summary>A comparison as programs see it.</summary>
public sealed record ComparisonBody(
    string Model,
    int Version,
    int Against,
    CompatibilityMode Mode,
    IReadOnlyList<ChangeBody> Changes,
    IReadOnlyList<ChangeBody> RollBack,
    IReadOnlyList<HitConsumerView> Consumers,
    IReadOnlyList<string> MustName,
    bool Blocked,
    IReadOnlyList<string> BlockedBy)
{
    public static ComparisonBody Of(ComparisonView view) => new(
        view.Model, view.Version, view.Against, view.Mode, [.. view.Changes.Select(ChangeBody.Of)], [.. view.RollBack.Select(ChangeBody.Of)], view.Consumers,
        view.MustName, view.Blocked, view.BlockedBy);
}

/// <summary>One difference; before and after are null where there is none.</summary>
public sealed record ChangeBody(ChangeKind Kind, string Path, JsonElement? Before, JsonElement? After, string Sentence, IReadOnlyList<string> Consumers)
{
    public static ChangeBody Of(ChangeView change) => new(change.Kind, change.Path, Json(change.BeforeJson), Json(change.AfterJson), change.Sentence, change.Consumers);

    private static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
}
