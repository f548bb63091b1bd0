using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Drafts;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>Keeps what was found in a bundle as a draft.</summary>
[UseCasePart]
internal sealed class BundleDrafts(ControlPlaneContext context, StoredTexts texts, DraftReader reader, ICurrentCaller currentCaller, TimeProvider clock)
{
    public async Task<ImportedBundle> Keep(string model, BundleParts parts, List<string> notCarried, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>(parts.Problems);
        var golden = await ReadGolden(parts, notCarried, problems);
        CheckPreprocessing(parts, problems);
        var now = clock.GetUtcNow();
        var draft = new ContractDraft
        {
            Id = Guid.CreateVersion7(),
            Model = model,
            ArtifactDigest = parts.Artifact.Digest,
            ArtifactBytes = parts.Artifact.Bytes,
            GoldenDigest = golden is { } lines ? (await texts.Store(lines, cancellationToken)).Digest : null,
            BaselineDigest = parts.Baseline?.Digest,
            ContractText = parts.ContractText,
            Notes = parts.Notes,
            Source = parts.Source,
            ImportNotes = notCarried,
            CreatedAt = now,
            CreatedBy = currentCaller.Caller.Name,
            ChangedAt = now,
            Stamp = Guid.NewGuid(),
        };
        context.ContractDrafts.Add(draft);
        await context.SaveChangesAsync(cancellationToken);
        var view = await reader.View(draft, cancellationToken);
        return new(
            draft.Id, parts.Source, parts.ContractText, [.. view.Problems, .. problems], parts.Carried, notCarried, view.GoldenRows, parts.Artifact.Digest, parts.TryExample, null);
    }

    /// <summary>The golden samples as JSON lines. Wrong ones are kept, as the contract may be what is wrong; their problems are told.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadGolden(BundleParts parts, List<string> notCarried, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(parts.Golden)) return null;
        var contract = ContractReader.Read(parts.ContractText).Contract;
        ReadOnlyMemory<byte> lines = Encoding.UTF8.GetBytes(parts.Golden);
        IReadOnlyList<long>? places = null;
        if (parts.GoldenIsCsv)
        {
            var converted = contract is null ? null : await GoldenCsv.ToJsonLines(parts.Golden, contract);
            problems.AddRange(converted?.Problems ?? []);
            if (converted is not { Problems.Count: 0 })
            {
                notCarried.Add($"golden.csv: {(contract is null ? "without a contract that can be read nobody knows which columns are inputs" : "its rows have problems")}; import the bundle again when that is put right");
                return null;
            }

            (lines, places) = (converted.Utf8, converted.Places);
        }

        if (contract is not null) problems.AddRange(GoldenSamples.Judge(lines, contract, places).Problems);
        return lines;
    }

    private static void CheckPreprocessing(BundleParts parts, List<Problem> problems)
    {
        var step = ContractReader.Read(parts.ContractText).Contract?.Preprocessing.OfType<OnnxStep>().FirstOrDefault();
        if (parts.Preprocessing is { } graph && step?.Artifact != graph.Digest)
            problems.Add(new("preprocessing", $"preprocessing.onnx has the digest {graph.Digest}, and the contract has no onnx step with it"));
    }
}
