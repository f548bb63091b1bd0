using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Finds drafts and judges them as they stand.</summary>
[UseCasePart]
internal sealed class DraftReader(ControlPlaneContext context, ModelArtifacts artifacts, IArtifactStore store)
{
    /// <exception cref="RefusedException">NotFound when the model has no such draft.</exception>
    public async Task<ContractDraft> Find(string model, Guid id, CancellationToken cancellationToken) =>
        await context.ContractDrafts.SingleOrDefaultAsync(draft => draft.Id == id && draft.Model == model, cancellationToken)
        ?? throw RefusedException.NotFound($"draft {id} of the model {model}");

    public async Task<DraftView> View(ContractDraft draft, CancellationToken cancellationToken)
    {
        var (problems, fits) = await Judge(draft, cancellationToken);
        return new(
            draft.Id, draft.Model, draft.ContractText, problems, fits, draft.ArtifactDigest, draft.ArtifactBytes, draft.GoldenDigest,
            await CountGolden(draft.GoldenDigest, cancellationToken), draft.BaselineDigest, draft.Source, draft.ImportNotes, draft.Notes,
            draft.CreatedAt, draft.CreatedBy, draft.ChangedAt, draft.Stamp);
    }

    private async Task<(IReadOnlyList<Problem> Problems, bool? Fits)> Judge(ContractDraft draft, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        if (draft.ContractText.Trim().Length == 0) problems.Add(new("", "is empty; write a contract"));
        else problems.AddRange(ContractReader.Read(draft.ContractText).Problems);
        if (draft.ArtifactDigest is null) problems.Add(new("artifact", "is missing"));
        else problems.AddRange((await artifacts.Scan(draft.ArtifactDigest, cancellationToken)).Problems);
        return (problems, null);
    }

    private async Task<int> CountGolden(string? digest, CancellationToken cancellationToken)
    {
        if (digest is null || await store.Open(digest, cancellationToken) is not { } stream) return 0;
        using var lines = new StreamReader(stream);
        var rows = 0;
        while (await lines.ReadLineAsync(cancellationToken) is { } line) rows += string.IsNullOrWhiteSpace(line) ? 0 : 1;
        return rows;
    }
}
