using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ControlPlane.Web.Registry;

/// <summary>The parts of a version's multipart body. Files go straight into the store as they arrive; only the small parts are held in memory.</summary>
internal sealed class VersionForm(IArtifactStore store)
{
    private static readonly string[] Files = ["artifact", "baseline", "preprocessing"];
    private static readonly string[] Texts = ["artifact_digest", "upload_id", "contract", "golden", "notes"];

    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, StoredArtifact> _files = [];

    /// <summary>Whether the golden samples are CSV, by their content type or file name; null when neither tells.</summary>
    public bool? GoldenIsCsv { get; private set; }

    /// <summary>A finished upload that stands for the artifact.</summary>
    public Guid? UploadId { get; private set; }

    /// <summary>An optional part; one that is sent empty counts as not sent, as browsers send the fields that nobody filled.</summary>
    public string? Text(string name) => _texts.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A file that is in the store by now; null when none was sent or chosen.</summary>
    public StoredArtifact? File(string name) => _files.GetValueOrDefault(name);

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

        CheckSources();
    }

    private async Task ReadPart(MultipartSection section, CancellationToken cancel)
    {
        var isNamed = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition);
        var name = isNamed ? HeaderUtilities.RemoveQuotes(disposition!.Name).Value ?? "" : "";
        if (!Files.Contains(name) && !Texts.Contains(name))
            throw RefusedException.Invalid(name.Length == 0 ? "body" : name, $"is not a part known here; the parts are {string.Join(", ", Files.Concat(Texts))}");
        if (_texts.ContainsKey(name) || _files.ContainsKey(name)) throw RefusedException.Invalid(name, "stands there twice");
        if (Files.Contains(name))
        {
            await ReadFile(name, section, disposition!, cancel);
            return;
        }

        _texts[name] = await PartText.Read(name, section.Body, cancel);
        if (name == "golden") GoldenIsCsv = PartText.IsCsv(section.ContentType, HeaderUtilities.RemoveQuotes(disposition!.FileName).Value);
        if (name == "upload_id" && Text(name) is { } text)
            UploadId = Guid.TryParse(text, out var id) ? id : throw RefusedException.Invalid("upload_id", "must be the id of an upload");
    }

    private async Task ReadFile(string name, MultipartSection section, ContentDispositionHeaderValue disposition, CancellationToken cancel)
    {
        var file = await store.Store(section.Body, cancel);
        // A browser sends a file field that nobody filled with an empty name and no bytes.
        var isUnfilled = file.Bytes == 0 && string.IsNullOrEmpty(HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
        if (!isUnfilled || name == "artifact") _files[name] = file.Bytes > 0 ? file : throw RefusedException.Invalid(name, "is empty");
    }

    private void CheckSources()
    {
        List<string> given = [];
        if (File("artifact") is not null) given.Add("artifact");
        if (UploadId is not null) given.Add("upload_id");
        if (Text("artifact_digest") is not null) given.Add("artifact_digest");
        if (given.Count > 1) throw RefusedException.Invalid(given[^1], $"stands beside {given[0]}; send one of them");
        if (given.Count == 0)
            throw RefusedException.Invalid("artifact", "is missing: send the ONNX file as the part artifact, the upload_id of a finished upload, or the artifact_digest of bytes that the model has already");
    }
}
