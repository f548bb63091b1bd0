using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry;

/// <summary>What was uploaded, read and found whole: the graph's signature, the contract (given or inferred), the golden samples and the bins.</summary>
internal sealed record ReadUpload(
    Contract Contract, bool Inferred, string ContractJson, string ReleaseDigest, IReadOnlyDictionary<string, int> Operators, ReadGolden Golden, Baseline? Baseline);

/// <summary>Golden samples as the JSON lines that are stored.</summary>
internal sealed record ReadGolden(ReadOnlyMemory<byte> Lines, IReadOnlyList<GoldenSample> Samples)
{
    public static ReadGolden None { get; } = new(default, []);

    public int Rows => Samples.Count;
}

/// <summary>Reads an upload before anything of it is kept. Nothing here opens the artifact in a runtime: it is scanned as bytes.</summary>
[UseCasePart]
internal sealed class UploadReader(IArtifactStore store)
{
    /// <exception cref="RefusedException">
    /// Invalid, with every problem found: <c>artifact</c>, <c>contract/…</c>, <c>preprocessing</c>, <c>golden:line</c>, <c>baseline:line/column</c>.
    /// </exception>
    public async Task<ReadUpload> Read(UploadVersion upload, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var graph = await ReadGraph(upload.Artifact.Digest, problems, cancellationToken);
        var inferred = string.IsNullOrWhiteSpace(upload.ContractJson);
        if (ReadContract(upload.ContractJson, graph, problems) is not { } contract) throw Refusal(problems);
        await ReadPreprocessing(upload.Preprocessing, contract, problems, cancellationToken);
        // Whether the contract fits the graph is left to the Loads check, which a client that uploads is told to wait for.
        var golden = await ReadGoldenSamples(upload, contract, problems);
        var reference = await ReadReference(upload.Reference, contract, problems, cancellationToken);
        if (graph is null || problems.Count > 0) throw Refusal(problems);
        var baseline = reference ?? (golden.Rows > 0 ? GoldenBaseline.Of(golden.Samples, contract) : null);
        var digest = ReleaseManifest.Digest(upload.Model, upload.Artifact.Digest, contract);
        return new(contract, inferred, ContractCanonicalForm.Write(contract), digest, graph.Operators, golden, baseline);
    }

    private async Task<OnnxGraph?> ReadGraph(string digest, List<Problem> problems, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(digest, cancellationToken) ?? throw RefusedException.Invalid("artifact", $"{digest} is not in the store");
        var reading = OnnxGraphScan.Read(new StreamByteSource(stream));
        if (reading.Graph is null) problems.AddRange(reading.Problems);
        return reading.Graph;
    }

    // A given contract is read also beside an artifact that is no good: both are told at once.
    private static Contract? ReadContract(string? json, OnnxGraph? graph, List<Problem> problems)
    {
        var reading = !string.IsNullOrWhiteSpace(json) ? AtContract(ContractReader.Read(json))
            : graph is not null ? ContractInference.FromSignature(graph)
            : new(null, []);
        if (!reading.IsRead) problems.AddRange(reading.Problems);
        return reading.Contract;
    }

    private async Task ReadPreprocessing(StoredArtifact? sent, Contract contract, List<Problem> problems, CancellationToken cancellationToken)
    {
        var (index, step) = contract.Preprocessing.Index().FirstOrDefault(pair => pair.Item is OnnxStep);
        if (step is not OnnxStep onnx)
        {
            if (sent is not null) problems.Add(new("preprocessing", "was sent, but the contract has no onnx step that would run it"));
            return;
        }

        if (sent is not null && sent.Digest != onnx.Artifact)
        {
            problems.Add(new("preprocessing", $"has the digest {sent.Digest}, but the contract's onnx step names {onnx.Artifact}"));
            return;
        }

        await using var stream = await store.Open(onnx.Artifact, cancellationToken);
        var reading = stream is null
            ? new OnnxGraphReading(null, [new($"contract/preprocessing/{index}/artifact", $"{onnx.Artifact} is not in the store; send the graph as the part preprocessing")])
            : PreprocessingScan.Read(new StreamByteSource(stream));
        problems.AddRange(reading.Problems);
    }

    private static async Task<ReadGolden> ReadGoldenSamples(UploadVersion upload, Contract contract, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(upload.Golden)) return ReadGolden.None;
        ReadOnlyMemory<byte> lines;
        IReadOnlyList<long>? places = null;
        if (upload.GoldenIsCsv ?? GoldenCsv.LooksLikeCsv(upload.Golden))
        {
            var converted = await GoldenCsv.ToJsonLines(upload.Golden, contract);
            problems.AddRange(converted.Problems);
            if (converted.Problems.Count > 0) return ReadGolden.None;
            (lines, places) = (converted.Utf8, converted.Places);
        }
        else
        {
            lines = Encoding.UTF8.GetBytes(upload.Golden);
        }

        var reading = GoldenSamples.Judge(lines, contract, places);
        problems.AddRange(reading.Problems);
        return new(lines, reading.Samples);
    }

    private async Task<Baseline?> ReadReference(StoredArtifact? reference, Contract contract, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (reference is null) return null;
        await using var stream = await store.Open(reference.Digest, cancellationToken) ?? throw RefusedException.Invalid(ReferenceReader.Part, $"{reference.Digest} is not in the store");
        var reading = await ReferenceReader.Read(stream, contract);
        problems.AddRange(reading.Problems);
        return reading.Baseline;
    }

    private static ContractReading AtContract(ContractReading reading) => reading with
    {
        Problems = [.. reading.Problems.Select(problem => problem with { Path = problem.Path.Length == 0 ? "contract" : $"contract/{problem.Path}" })],
    };

    private static RefusedException Refusal(IReadOnlyList<Problem> problems) => new(RefusalKind.Invalid, string.Join("; ", problems), problems);
}
