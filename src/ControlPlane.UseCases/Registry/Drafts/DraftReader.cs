using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Finds drafts and judges them as they stand.</summary>
[UseCasePart]
internal sealed class DraftReader(ControlPlaneContext context, GraphReader graphs, DraftFiles files)
{
    /// <exception cref="RefusedException">NotFound when the model has no such draft.</exception>
    public async Task<ContractDraft> Find(string model, Guid id, CancellationToken cancellationToken) =>
        await context.ContractDrafts.SingleOrDefaultAsync(draft => draft.Id == id && draft.Model == model, cancellationToken)
        ?? throw RefusedException.NotFound($"draft {id} of the model {model}");

    public async Task<DraftView> View(ContractDraft draft, CancellationToken cancellationToken)
    {
        var reading = draft.ContractText.Trim().Length == 0 ? new ContractReading(null, [new("", "is empty; write a contract")]) : ContractReader.Read(draft.ContractText);
        var problems = reading.Problems.ToList();
        var fits = await Fit(draft, reading.Contract, problems, cancellationToken);
        var goldenRows = await files.JudgeGolden(draft.GoldenDigest, reading.Contract, problems, cancellationToken);
        await files.JudgeReference(draft.BaselineDigest, reading.Contract, problems, cancellationToken);
        return new(
            draft.Id, draft.Model, draft.ContractText, problems, fits, draft.ArtifactDigest, draft.ArtifactBytes, draft.GoldenDigest,
            goldenRows, draft.BaselineDigest, draft.Source, draft.ImportNotes, draft.Notes,
            draft.CreatedAt, draft.CreatedBy, draft.ChangedAt, draft.Stamp);
    }

    private async Task<bool?> Fit(ContractDraft draft, Contract? contract, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (draft.ArtifactDigest is null) problems.Add(new("artifact", "is missing"));
        var graph = draft.ArtifactDigest is { } digest ? await Scan(digest, "artifact", problems, cancellationToken) : null;
        if (graph is null || contract is null) return null;
        var step = contract.Preprocessing.OfType<OnnxStep>().SingleOrDefault();
        var preprocessing = step is null ? null : await Scan(step.Artifact, ContractFit.GraphPath, problems, cancellationToken);
        var faults = ContractFit.Check(contract, graph, preprocessing);
        problems.AddRange(faults);
        return faults.Count > 0 ? false : step is null || preprocessing is not null ? true : null;
    }

    private async Task<OnnxGraph?> Scan(string digest, string path, List<Problem> problems, CancellationToken cancellationToken)
    {
        var reading = await graphs.Read(digest, cancellationToken) ?? new(null, [new("", $"{digest} is not in the store")]);
        problems.AddRange(reading.Problems.Select(problem => problem with { Path = path }));
        return reading.Graph;
    }
}
