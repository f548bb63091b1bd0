using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry;

/// <summary>What was uploaded, read and found whole: the graph's signature, the contract (given or inferred) and the golden samples.</summary>
internal sealed record ReadUpload(Contract Contract, bool Inferred, string ContractJson, string ReleaseDigest, IReadOnlyDictionary<string, int> Operators, int GoldenRows);

/// <summary>Reads an upload before anything of it is kept. Nothing here opens the artifact in a runtime: it is scanned as bytes.</summary>
[UseCasePart]
internal sealed class UploadReader(IArtifactStore store)
{
    /// <exception cref="RefusedException">Invalid, with every problem found: <c>artifact</c>, <c>contract/…</c>, <c>golden:line</c>.</exception>
    public async Task<ReadUpload> Read(UploadVersion upload, CancellationToken cancellationToken)
    {
        var graph = await ReadGraph(upload.Artifact.Digest, cancellationToken);
        var inferred = string.IsNullOrWhiteSpace(upload.ContractJson);
        var contract = inferred ? Whole(ContractInference.FromSignature(graph)) : Whole(AtContract(ContractReader.Read(upload.ContractJson!)));
        var goldenRows = 0;
        if (!string.IsNullOrWhiteSpace(upload.GoldenLines))
        {
            var golden = GoldenSamples.Read(Encoding.UTF8.GetBytes(upload.GoldenLines), contract);
            if (golden.Problems.Count > 0) throw Refusal(golden.Problems);
            goldenRows = golden.Samples.Count;
        }

        var digest = ReleaseManifest.Digest(upload.Model, upload.Artifact.Digest, contract);
        return new(contract, inferred, ContractCanonicalForm.Write(contract), digest, graph.Operators, goldenRows);
    }

    private async Task<OnnxGraph> ReadGraph(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(digest, cancellationToken) ?? throw RefusedException.Invalid("artifact", $"{digest} is not in the store");
        var reading = OnnxGraphScan.Read(new StreamByteSource(stream));
        return reading.Graph ?? throw Refusal(reading.Problems);
    }

    private static Contract Whole(ContractReading reading) => reading.Contract ?? throw Refusal(reading.Problems);

    private static ContractReading AtContract(ContractReading reading) => reading with
    {
        Problems = [.. reading.Problems.Select(problem => problem with { Path = problem.Path.Length == 0 ? "contract" : $"contract/{problem.Path}" })],
    };

    private static RefusedException Refusal(IReadOnlyList<Problem> problems) => new(RefusalKind.Invalid, string.Join("; ", problems), problems);
}
