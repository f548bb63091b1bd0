using System.Text;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ControlPlane.Web.Registry;

/// <summary>The parts of a version's multipart body. The artifact goes straight into the store as it arrives; only the small parts are held in memory.</summary>
internal sealed class VersionForm(IArtifactStore store, IUploadStore uploads)
{
    private const int TextBytes = 32 * 1024 * 1024;
    private static readonly string[] Known = ["artifact", "upload_id", "contract", "golden", "notes"];

    public StoredArtifact? Artifact { get; private set; }

    public Guid? UploadId { get; private set; }

    public Dictionary<string, string> Texts { get; } = [];

    public async Task Read(HttpRequest request, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw RefusedException.Invalid("Content-Type", "names no boundary of the multipart body");
        var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = 16 * 1024 };
        try
        {
            while (await reader.ReadNextSectionAsync(cancel) is { } section) await ReadPart(section, cancel);
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is IOException and not BadHttpRequestException && fault.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal)))
        {
            throw RefusedException.Invalid("body", $"is not a whole multipart body: {fault.Message}");
        }
    }

    private async Task ReadPart(MultipartSection section, CancellationToken cancel)
    {
        var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "" : "";
        if (!Known.Contains(name))
            throw RefusedException.Invalid(name.Length == 0 ? "body" : name, $"is not a part known here; the parts are {string.Join(", ", Known)}");
        if (Texts.ContainsKey(name) || (name == "artifact" && Artifact is not null)) throw RefusedException.Invalid(name, "stands there twice");
        if (name == "artifact")
        {
            Artifact = await store.Store(section.Body, cancel);
            return;
        }

        Texts[name] = await ReadText(name, section.Body, cancel);
        if (name == "upload_id")
            UploadId = Guid.TryParse(Texts[name], out var id) ? id : throw RefusedException.Invalid("upload_id", "must be the id of an upload");
    }

    private static async Task<string> ReadText(string name, Stream body, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            if (text.Length + read > TextBytes) throw new RefusedException(RefusalKind.TooLarge, $"{name}: may have at most {TextBytes} bytes.");
            text.Write(buffer, 0, read);
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (DecoderFallbackException)
        {
            throw RefusedException.Invalid(name, "is not UTF-8 text");
        }
    }

    /// <summary>The artifact, whichever way it came: as a part of this body or as a finished upload.</summary>
    public async Task<StoredArtifact> TakeArtifact(UseCases.Access.ICurrentCaller current, CancellationToken cancel)
    {
        if (Artifact is not null && UploadId is not null) throw RefusedException.Invalid("upload_id", "stands beside an artifact; send one of them");
        if (Artifact is { Bytes: 0 }) throw RefusedException.Invalid("artifact", "is empty");
        if (Artifact is not null) return Artifact;
        if (UploadId is not { } id) throw RefusedException.Invalid("artifact", "is missing: send the ONNX file as the part artifact, or the upload_id of a finished upload");
        await UploadsApi.Own(id, uploads, current, cancel);
        return await uploads.Complete(id, cancel);
    }
}
