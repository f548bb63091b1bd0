using System.Globalization;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Domain.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Registry;

/// <summary>Uploads in pieces over HTTP: begin, append at the present offset as often as needed, then name the upload when the version is made.</summary>
public static class UploadsApi
{
    public const string OffsetHeader = "Upload-Offset";

    public static void Map(IEndpointRouteBuilder api)
    {
        var uploads = api.MapGroup("/uploads").WithTags("Registry");
        uploads.MapPost("", Begin).WithSummary("Begins an upload of a declared length.");
        uploads.MapGet("/{id:guid}", Find).WithSummary("How far an upload has come.");
        uploads.MapPatch("/{id:guid}", Append).WithSummary($"Appends the body's bytes at the offset in {OffsetHeader}; 409 tells the present offset.")
            .WithMetadata(new RequestSizeLimitAttribute(IArtifactStore.MaximumBytes))
            .Accepts<Stream>("application/octet-stream").Produces<UploadBody>();
    }

    private static async Task<Created<UploadBody>> Begin(NewUploadBody body, IUploadStore uploads, ICurrentCaller current, CancellationToken cancel)
    {
        Allow(current);
        var state = await uploads.Begin(body.FileName, body.Bytes, current.Caller.Name, cancel);
        return TypedResults.Created($"/api/v1/uploads/{state.Id}", UploadBody.Of(state));
    }

    private static async Task<UploadBody> Find(Guid id, IUploadStore uploads, ICurrentCaller current, CancellationToken cancel) => UploadBody.Of(await Own(id, uploads, current, cancel));

    private static async Task<IResult> Append(Guid id, HttpRequest request, IUploadStore uploads, ICurrentCaller current, CancellationToken cancel)
    {
        var before = await Own(id, uploads, current, cancel);
        if (!long.TryParse(request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            throw RefusedException.Invalid(OffsetHeader, "must be a whole number: the offset at which the bytes are to be appended");
        try
        {
            return Answer(request, await uploads.Append(id, offset, request.Body, cancel));
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            var now = await uploads.Find(id, cancel) ?? before;
            request.HttpContext.Response.Headers[OffsetHeader] = now.Offset.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(refusal.Message, statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["offset"] = now.Offset });
        }
    }

    private static IResult Answer(HttpRequest request, UploadState state)
    {
        request.HttpContext.Response.Headers[OffsetHeader] = state.Offset.ToString(CultureInfo.InvariantCulture);
        return Results.Ok(UploadBody.Of(state));
    }

    /// <summary>The upload when it is the caller's own; somebody else's is as unknown as none.</summary>
    public static async Task<UploadState> Own(Guid id, IUploadStore uploads, ICurrentCaller current, CancellationToken cancel)
    {
        Allow(current);
        var state = await uploads.Find(id, cancel);
        return state is not null && state.Owner == current.Caller.Name ? state : throw RefusedException.NotFound($"upload {id}");
    }

    /// <summary>Bytes are written before any use case is sent, so the permission is asked here as well.</summary>
    public static void Allow(ICurrentCaller current)
    {
        if (!RolePermissions.Allow(current.Caller.Roles, Permission.EditRegistry))
            throw new RefusedException(RefusalKind.Forbidden, $"{current.Caller.Name} may not upload versions.");
    }
}

/// <summary>What is going to be uploaded.</summary>
public sealed record NewUploadBody(string FileName, long Bytes);

/// <summary>An upload: <paramref name="Offset"/> of <paramref name="Bytes"/> bytes have arrived.</summary>
public sealed record UploadBody(Guid Id, string FileName, long Bytes, long Offset)
{
    public static UploadBody Of(UploadState state) => new(state.Id, state.FileName, state.Bytes, state.Offset);
}
