using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Reads rollouts as they are shown.</summary>
[UseCasePart]
public sealed class RolloutReader(ControlPlaneContext database, StepLook steps, SplitDelivery delivery, TimeProvider clock)
{
    public async Task<RolloutView> View(long id, CancellationToken cancellationToken) => await View(
        await database.Rollouts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw RefusedException.NotFound($"rollout {id}"),
        cancellationToken);

    public async Task<RolloutView> View(RolloutRow row, CancellationToken cancellationToken) => Brief(row) with
    {
        PredictionsInStep = await steps.Predictions(row, cancellationToken),
        Verdicts = await Verdicts(row, cancellationToken),
        History = await database.RolloutHistory.AsNoTracking()
            .Where(entry => entry.RolloutId == row.Id).OrderBy(entry => entry.Id)
            .Select(entry => new RolloutHistoryEntry(entry.At, entry.By, entry.What, entry.Phase, entry.Step, entry.Reason))
            .ToListAsync(cancellationToken),
        RollBack = row.RollBackGeneration is { } generation ? await delivery.Read(row.Environment, row.Model, generation, cancellationToken) : null,
    };

    /// <summary>Without what needs further queries: predictions, verdicts, history and the way of a roll-back.</summary>
    public RolloutView Brief(RolloutRow row) => new(
        row.Id, row.Model, row.Environment, row.Version, row.ReleaseDigest, row.Champion, row.Plan, row.Phase, row.Step, row.StepBeganAt, 0, [],
        RolloutActions.Allowed(row.ToDomain(), clock.GetUtcNow()), row.Reason, row.CreatedBy, row.CreatedAt, row.ChangedAt, [], null) { AcceptedChanges = row.AcceptedChanges };

    /// <summary>The champion of a model in an environment; null before its first release.</summary>
    public async Task<int?> Champion(string environment, string model, CancellationToken cancellationToken) => await database.Splits
        .Where(split => split.Environment == environment && split.Model == model)
        .Select(split => (int?)split.Champion).SingleOrDefaultAsync(cancellationToken);

    private async Task<IReadOnlyList<GateVerdict>> Verdicts(RolloutRow row, CancellationToken cancellationToken)
    {
        var verdicts = new List<GateVerdict>();
        for (var index = 0; index < row.Plan.Gates.Count; index++)
        {
            var newest = await database.GateEvaluations.AsNoTracking()
                .Where(evaluation => evaluation.RolloutId == row.Id && evaluation.GateIndex == index)
                .OrderByDescending(evaluation => evaluation.At)
                .FirstOrDefaultAsync(cancellationToken);
            if (newest is not null) verdicts.Add(newest.Verdict);
        }

        return verdicts;
    }
}
