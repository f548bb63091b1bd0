using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Registry;

/// <summary>A new version over HTTP: one multipart body, or JSON that names a finished upload.</summary>
public static class VersionUploadApi
{
    // Room for the artifact, the other files and texts, and the multipart frame.
    private const long BodyBytes = IArtifactStore.MaximumBytes + (2L * 1024 * 1024 * 1024);

    public static void Map(IEndpointRouteBuilder api)
    {
        UploadsApi.Map(api);
        api.MapGroup("/models").WithTags("Registry").MapPost("/{model}/versions", Upload)
            .WithSummary("Uploads a version: artifact (ONNX file), or in its place upload_id or artifact_digest; and, each optional, contract (JSON), golden (JSON lines or CSV), baseline (CSV), preprocessing (ONNX file of the contract's onnx step), notes.")
            .WithMetadata(new RequestSizeLimitAttribute(BodyBytes))
            .Accepts<VersionParts>("multipart/form-data", "application/json")
            .Produces<UploadedBody>(StatusCodes.Status202Accepted).Produces<UploadedBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<IResult> Upload(string model, HttpRequest request, VersionSources sources, CancellationToken cancel)
    {
        UploadsApi.Allow(sources.Current);
        // An unknown model is told before gigabytes are sent.
        await sources.Mediator.Send(new GetModel(model), cancel);
        var upload = request.HasFormContentType ? await FromForm(model, request, sources, cancel)
            : request.HasJsonContentType() ? await FromJson(model, request, sources, cancel)
            : throw RefusedException.Invalid("Content-Type", "must be multipart/form-data or application/json");
        return UploadedBody.Of(await sources.Mediator.Send(upload, cancel)).Answer(request.HttpContext);
    }

    private static async Task<UploadVersion> FromForm(string model, HttpRequest request, VersionSources sources, CancellationToken cancel)
    {
        var form = new VersionForm(sources.Artifacts);
        await form.Read(request, cancel);
        var artifact = form.File("artifact")
            ?? (form.UploadId is { } id ? await Finished(id, sources, cancel) : await sources.Mediator.Send(new FindArtifact(model, form.Text("artifact_digest")!), cancel));
        return new(
            model, artifact, form.Text("contract"), form.Text("golden"), form.Text("notes"),
            form.GoldenIsCsv, form.File("baseline"), form.File("preprocessing"));
    }

    private static async Task<StoredArtifact> Finished(Guid upload, VersionSources sources, CancellationToken cancel)
    {
        await UploadsApi.Own(upload, sources.Uploads, sources.Current, cancel);
        return await sources.Uploads.Complete(upload, cancel);
    }

    private static async Task<UploadVersion> FromJson(string model, HttpRequest request, VersionSources sources, CancellationToken cancel)
    {
        var body = await JsonSerializer.DeserializeAsync<VersionOfUpload>(request.Body, WireJson.Options, cancel)
            ?? throw RefusedException.Invalid("body", "must be an object");
        var contract = body.Contract is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given ? given.GetRawText() : null;
        return new(model, await Finished(body.UploadId, sources, cancel), contract, body.Golden, body.Notes);
    }
}

/// <summary>Where the bytes of a version come from and who brings them.</summary>
public sealed record VersionSources(IArtifactStore Artifacts, IUploadStore Uploads, ICurrentCaller Current, IMediator Mediator);

/// <summary>A version made of a finished upload.</summary>
public sealed record VersionOfUpload(Guid UploadId, JsonElement? Contract = null, string? Golden = null, string? Notes = null);

/// <summary>The multipart body, for the description alone: it is read as a stream.</summary>
public sealed record VersionParts(
    IFormFile? Artifact, Guid? UploadId, string? ArtifactDigest, string? Contract, string? Golden, IFormFile? Baseline, IFormFile? Preprocessing, string? Notes);

/// <summary>The version made, or the existing one of the same release digest.</summary>
public sealed record UploadedBody(string Model, int Version, VersionStatus Status, string ReleaseDigest, bool AlreadyThere)
{
    public static UploadedBody Of(UploadedVersion version) => new(version.Model, version.Version, version.Status, version.ReleaseDigest, version.AlreadyThere);

    /// <summary>202 with the address of a version that is going to be checked, 200 for one that was there already.</summary>
    public IResult Answer(HttpContext http)
    {
        var address = $"/api/v1/models/{Model}/versions/{Version}";
        http.Response.Headers.Location = address;
        return AlreadyThere ? Results.Ok(this) : Results.Accepted(address, this);
    }
}
