using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Finds drafts and judges them as they stand.</summary>
[UseCasePart]
internal sealed class DraftReader(ControlPlaneContext context, GraphReader graphs, IArtifactStore store)
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
        var reading = draft.ContractText.Trim().Length == 0 ? new ContractReading(null, [new("", "is empty; write a contract")]) : ContractReader.Read(draft.ContractText);
        var problems = reading.Problems.ToList();
        if (draft.ArtifactDigest is null) problems.Add(new("artifact", "is missing"));
        var graph = draft.ArtifactDigest is { } digest ? await Scan(digest, "artifact", problems, cancellationToken) : null;
        if (graph is null || reading.Contract is not { } contract) return (problems, null);
        var step = contract.Preprocessing.OfType<OnnxStep>().SingleOrDefault();
        var preprocessing = step is null ? null : await Scan(step.Artifact, ContractFit.GraphPath, problems, cancellationToken);
        var faults = ContractFit.Check(contract, graph, preprocessing);
        problems.AddRange(faults);
        return (problems, faults.Count > 0 ? false : step is null || preprocessing is not null ? true : null);
    }

    private async Task<OnnxGraph?> Scan(string digest, string path, List<Problem> problems, CancellationToken cancellationToken)
    {
        var reading = await graphs.Read(digest, cancellationToken) ?? new(null, [new("", $"{digest} is not in the store")]);
        problems.AddRange(reading.Problems.Select(problem => problem with { Path = path }));
        return reading.Graph;
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
