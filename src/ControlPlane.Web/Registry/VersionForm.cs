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

    private readonly Dictionary<string, string> _texts = [];
    private StoredArtifact? _artifact;
    private Guid? _uploadId;

    /// <summary>An optional part; one that is sent empty counts as not sent, as browsers send the fields that nobody filled.</summary>
    public string? Text(string name) => _texts.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

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
        if (_texts.ContainsKey(name) || (name == "artifact" && _artifact is not null)) throw RefusedException.Invalid(name, "stands there twice");
        if (name == "artifact")
        {
            _artifact = await store.Store(section.Body, cancel);
            return;
        }

        _texts[name] = await ReadText(name, section.Body, cancel);
        if (name == "upload_id")
            _uploadId = Guid.TryParse(_texts[name], out var id) ? id : throw RefusedException.Invalid("upload_id", "must be the id of an upload");
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
        if (_artifact is not null && _uploadId is not null) throw RefusedException.Invalid("upload_id", "stands beside an artifact; send one of them");
        if (_artifact is { Bytes: 0 }) throw RefusedException.Invalid("artifact", "is empty");
        if (_artifact is not null) return _artifact;
        if (_uploadId is not { } id) throw RefusedException.Invalid("artifact", "is missing: send the ONNX file as the part artifact, or the upload_id of a finished upload");
        await UploadsApi.Own(id, uploads, current, cancel);
        return await uploads.Complete(id, cancel);
    }
}
