using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Judges a draft's golden samples and reference rows by the contract as it stands.</summary>
[UseCasePart]
internal sealed class DraftFiles(IArtifactStore store)
{
    // A renamed field is wrong in every line; the first few say so.
    private const int MostGoldenProblems = 5;

    /// <summary>How many golden samples there are; adds the first few problems that a version made now would be refused for.</summary>
    public async Task<int> JudgeGolden(string? digest, Contract? contract, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (digest is null || await Open("golden", digest, problems, cancellationToken) is not { } stream) return 0;
        using var lines = new StreamReader(stream, Encoding.UTF8);
        var reader = contract is null ? null : new GoldenSampleReader(contract, new PayloadCheck(contract));
        var (rows, most) = (0, problems.Count + MostGoldenProblems);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            rows += string.IsNullOrWhiteSpace(line) ? 0 : 1;
            if (reader is null or { IsFull: true } || problems.Count >= most) continue;
            if (reader.Next(Encoding.UTF8.GetBytes(line)) is { } read) problems.AddRange(read.Problems.Take(most - problems.Count));
        }

        if (rows == 0) problems.Add(new("golden", "holds no samples"));
        return rows;
    }

    /// <summary>Adds what is wrong with the reference's header. Its rows were read when it came, and are again when a version is made.</summary>
    public async Task JudgeReference(string? digest, Contract? contract, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (digest is null || await Open(ReferenceReader.Part, digest, problems, cancellationToken) is not { } stream) return;
        await using var _ = stream;
        if (contract is not null) problems.AddRange(await ReferenceReader.CheckHeader(stream, contract));
    }

    private async Task<Stream?> Open(string part, string digest, List<Problem> problems, CancellationToken cancellationToken)
    {
        var stream = await store.Open(digest, cancellationToken);
        if (stream is null) problems.Add(new(part, $"{digest} is not in the store"));
        return stream;
    }
}
