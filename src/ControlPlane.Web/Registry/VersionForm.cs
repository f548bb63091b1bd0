using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;

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
        await MultipartParts.Read(request, part => ReadPart(part, cancel), cancel);
        CheckSources();
    }

    private async Task ReadPart(MultipartPart part, CancellationToken cancel)
    {
        var name = part.Name;
        if (!Files.Contains(name) && !Texts.Contains(name))
            throw RefusedException.Invalid(name.Length == 0 ? "body" : name, $"is not a part known here; the parts are {string.Join(", ", Files.Concat(Texts))}");
        if (_texts.ContainsKey(name) || _files.ContainsKey(name)) throw RefusedException.Invalid(name, "stands there twice");
        if (Files.Contains(name))
        {
            await ReadFile(part, cancel);
            return;
        }

        _texts[name] = await PartText.Read(name, part.Section.Body, cancel);
        if (name == "golden") GoldenIsCsv = PartText.IsCsv(part.Section.ContentType, part.FileName);
        if (name == "upload_id" && Text(name) is { } text)
            UploadId = Guid.TryParse(text, out var id) ? id : throw RefusedException.Invalid("upload_id", "must be the id of an upload");
    }

    private async Task ReadFile(MultipartPart part, CancellationToken cancel)
    {
        var file = await store.Store(part.Section.Body, cancel);
        // A browser sends a file field that nobody filled with an empty name and no bytes.
        var isUnfilled = file.Bytes == 0 && part.FileName.Length == 0;
        if (!isUnfilled || part.Name == "artifact") _files[part.Name] = file.Bytes > 0 ? file : throw RefusedException.Invalid(part.Name, "is empty");
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
