using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Drafts;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>A bundle of our own: <c>model.onnx</c> with <c>contract.json</c>, golden samples, a reference file, a preprocessing graph and notes, as far as they are there.</summary>
[UseCasePart]
internal sealed class OwnBundle(IArtifactStore store)
{
    public const string Model = "model.onnx";
    public const string Contract = "contract.json";
    private const string GoldenLines = "golden.jsonl";
    private const string GoldenCsv = "golden.csv";
    private const string Baseline = "baseline.csv";
    private const string Preprocessing = "preprocessing.onnx";
    private static readonly string[] NoteFiles = ["notes.md", "README.md", "readme.md"];

    public async Task<BundleParts> Read(BundleContent bundle, CancellationToken cancellationToken)
    {
        if (bundle.Has(GoldenLines) && bundle.Has(GoldenCsv)) throw RefusedException.Invalid("bundle", $"holds {GoldenLines} and {GoldenCsv}; keep one of them");
        var contract = await bundle.Text(Contract, cancellationToken);
        if (contract is not null && !DraftText.IsStorable(contract)) throw RefusedException.Invalid(BundlePath.PathOf(Contract), DraftText.Rule);
        var golden = await bundle.Text(bundle.Has(GoldenCsv) ? GoldenCsv : GoldenLines, cancellationToken, BundleLimits.GoldenBytes);
        var (notes, tooLong) = await ReadNotes(bundle, cancellationToken);
        var files = new[] { Model, Preprocessing, Baseline }.Where(bundle.Has).ToList();
        if (files.Count > 1) await bundle.Try(files, cancellationToken);
        var model = await bundle.Store(Model, store, cancellationToken);
        var problems = new List<Problem>();
        var parts = new BundleParts("bundle", model, contract ?? await Start(model, problems, cancellationToken))
        {
            Golden = golden,
            GoldenIsCsv = bundle.Has(GoldenCsv),
            Preprocessing = bundle.Has(Preprocessing) ? await bundle.Store(Preprocessing, store, cancellationToken) : null,
            Baseline = bundle.Has(Baseline) ? await bundle.Store(Baseline, store, cancellationToken) : null,
            Notes = notes,
        };
        parts.Carried.AddRange(Sentences(parts, contract is not null));
        parts.Problems.AddRange(problems);
        if (tooLong is not null) parts.NotCarried.Add(tooLong);
        return parts;
    }

    private async Task<string> Start(StoredArtifact model, List<Problem> problems, CancellationToken cancellationToken)
    {
        var drawn = ContractInference.Draft(await GraphContract.Scan(Model, model, store, cancellationToken));
        problems.AddRange(drawn.Problems);
        return drawn.Contract is { } start ? DraftText.Indented(start) : "";
    }

    private static async Task<(string Notes, string? TooLong)> ReadNotes(BundleContent bundle, CancellationToken cancellationToken)
    {
        if (NoteFiles.FirstOrDefault(bundle.Has) is not { } name) return ("", null);
        var notes = (await bundle.Text(name, cancellationToken))!.Trim();
        return notes.Length <= Lengths.Paragraph && DraftText.IsStorable(notes) ? (notes, null) : ("", $"{name}: notes have at most {Lengths.Paragraph} characters");
    }

    private static IEnumerable<string> Sentences(BundleParts parts, bool hasContract)
    {
        yield return $"{Model}: the artifact";
        yield return hasContract ? $"{Contract}: the contract" : "contract: one to start from, drawn from the graph, as the bundle has none";
        if (parts.Preprocessing is { } graph) yield return $"{Preprocessing}: the graph of the contract's onnx step, {graph.Digest}";
        if (parts.Golden is not null) yield return $"{(parts.GoldenIsCsv ? GoldenCsv : GoldenLines)}: the golden samples";
        if (parts.Baseline is not null) yield return $"{Baseline}: the reference data";
        if (parts.Notes.Length > 0) yield return "notes: the version's notes";
    }
}
