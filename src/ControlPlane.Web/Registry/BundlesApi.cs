using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Bundles;
using ControlPlane.Web.Adapters;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Registry;

/// <summary>Bundles over HTTP: a zip or a folder becomes a draft, or a version at once.</summary>
public static class BundlesApi
{
    // Room for everything that a bundle may hold and the multipart frame.
    private const long BodyBytes = BundleLimits.ArtifactBytes + BundleLimits.OtherBytes + (64L * 1024 * 1024);

    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/models").WithTags("Registry").MapPost("/{model}/bundles", Import)
        .WithSummary("Imports a bundle: one zip as the part bundle, or parts named file whose file names are their paths. Our own bundles, MLflow directories with an ONNX flavor and Triton directories become a draft; create=true makes a version of a complete bundle of our own.")
        .WithMetadata(new RequestSizeLimitAttribute(BodyBytes))
        .Accepts<BundleParts>("multipart/form-data")
        .Produces<ImportedBody>(StatusCodes.Status201Created).Produces<UploadedBody>(StatusCodes.Status202Accepted).Produces<UploadedBody>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> Import(string model, HttpRequest request, BundleDesk desk, CancellationToken cancel, bool create = false)
    {
        UploadsApi.Allow(desk.Current);
        // An unknown model is told before gigabytes are sent.
        await desk.Mediator.Send(new GetModel(model), cancel);
        if (!request.HasFormContentType) throw RefusedException.Invalid("Content-Type", "must be multipart/form-data");
        await using var form = new BundleForm(desk.Spool);
        await form.Read(request, cancel);
        var imported = await desk.Mediator.Send(new ImportBundle(model, form.Bundle, create || form.Create), cancel);
        return imported.Version is { } version
            ? UploadedBody.Of(version).Answer(request.HttpContext)
            : Results.Created($"/api/v1/models/{model}/drafts/{imported.DraftId}", ImportedBody.Of(imported));
    }
}

/// <summary>Where a bundle is kept while it is read, and who brings it.</summary>
public sealed record BundleDesk(Spool Spool, ICurrentCaller Current, IMediator Mediator);

/// <summary>The multipart body, for the description alone: it is read as a stream.</summary>
public sealed record BundleParts(IFormFile? Bundle, IFormFileCollection? File, bool? Create);

/// <summary>The draft made of a bundle, what came along and what did not.</summary>
public sealed record ImportedBody(
    Guid DraftId,
    string Source,
    string Contract,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<string> Carried,
    IReadOnlyList<string> NotCarried,
    int GoldenRows,
    string ArtifactDigest,
    JsonElement? TryExample)
{
    public static ImportedBody Of(ImportedBundle bundle) => new(
        bundle.DraftId!.Value, bundle.Source, bundle.Contract, bundle.Problems, bundle.Carried, bundle.NotCarried, bundle.GoldenRows, bundle.ArtifactDigest,
        bundle.TryExample is { } row ? JsonSerializer.Deserialize<JsonElement>(row) : null);
}
