using System.Text.Json;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Looks at the windows of the current step and judges its gates.</summary>
[UseCasePart]
public sealed class StepLook(ControlPlaneContext database)
{
    // Every verdict that says something new is kept; of those that repeat, one in a while.
    private static readonly TimeSpan KeptEvery = TimeSpan.FromSeconds(10);

    /// <summary>A window as old as this is taken as final. Of a node that was cut off for longer, the gate does not see the gap; the charts do.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(120);

    /// <summary>The judgement of the step at the instant; new verdicts are added to the unit of work.</summary>
    public async Task<StepJudged> Judge(RolloutRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row.Plan.Gates.Count == 0) return new(now, await Predictions(row, cancellationToken), []);
        var settled = await Settled(row, cancellationToken);
        var samples = await Samples(row, Earlier(settled.Until, now.AddSeconds(-row.Plan.Gates.Max(gate => gate.WindowSeconds)), row), cancellationToken);
        var inStep = settled.Plus(samples.Where(sample => sample.Start >= settled.Until), row, RoleIn(row), now);
        var kept = settled.Plus(samples.Where(sample => sample.Start >= settled.Until && sample.Start < now - Settling), row, RoleIn(row), Later(settled.Until, now - Settling));
        var verdicts = new List<GateVerdict>();
        for (var index = 0; index < row.Plan.Gates.Count; index++)
        {
            var evidence = await Evidence(row, row.Plan.Gates[index], inStep, samples, now, cancellationToken);
            var verdict = GateJudgement.Judge(row.Plan.Gates[index], evidence, now);
            verdicts.Add(verdict);
            await Keep(row, index, verdict, new(evidence, kept), cancellationToken);
        }

        return new(now, inStep.Challenger.Predictions, verdicts);
    }

    /// <summary>Predictions by the version since the step began.</summary>
    public async Task<long> Predictions(RolloutRow row, CancellationToken cancellationToken)
    {
        if (row.StepBeganAt is not { } began || row.Plan.Steps.Count == 0) return 0;
        var role = RoleIn(row);
        return await database.Windows
            .Where(window => window.Environment == row.Environment && window.Model == row.Model && window.Version == row.Version
                && window.Role == role && window.Segment == "" && window.Start >= began)
            .SumAsync(window => window.Predictions, cancellationToken);
    }

    private static TrafficRole RoleIn(RolloutRow row) =>
        row.Plan.Steps[row.Step].Exposure == StepExposure.Answered ? TrafficRole.Challenger : TrafficRole.Mirror;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // Never before the step, whatever a gate's window says: what was counted under the split before must not speak for this one.
    private static DateTimeOffset Earlier(DateTimeOffset settledUntil, DateTimeOffset windowBegan, RolloutRow row) =>
        settledUntil < windowBegan ? settledUntil : Later(windowBegan, row.StepBeganAt!.Value);

    // A step may last for days: what was added up at the last look need not be read again.
    private async Task<StepSums> Settled(RolloutRow row, CancellationToken cancellationToken)
    {
        var began = row.StepBeganAt ?? throw new InvalidOperationException($"Rollout {row.Id} is exposed without a step.");
        var last = await database.GateEvaluations.AsNoTracking()
            .Where(evaluation => evaluation.RolloutId == row.Id && evaluation.Step == row.Step && evaluation.At > began)
            .OrderByDescending(evaluation => evaluation.At).Select(evaluation => evaluation.InputsJson).FirstOrDefaultAsync(cancellationToken);
        var settled = last is null ? null : JsonSerializer.Deserialize<JudgedInputs>(last, NodeJson.Options)?.Settled;
        return settled ?? new(began, WindowCounts.Empty, WindowCounts.Empty);
    }

    private async Task<GateEvidence> Evidence(
        RolloutRow row, Gate gate, StepSums inStep, IReadOnlyList<WindowSample> samples, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recent = new StepSums(now, WindowCounts.Empty, WindowCounts.Empty)
            .Plus(samples.Where(sample => sample.Start >= now.AddSeconds(-gate.WindowSeconds)), row, RoleIn(row), now);
        var evidence = new GateEvidence(inStep.Champion, inStep.Challenger, recent.Champion, recent.Challenger);
        if (gate.ComparedWith != GateComparison.Champion || evidence.ChampionInStep.JudgedRequests >= gate.MinimumSample) return evidence;
        // A share of 100 % leaves the champion without requests: then what it did since the exposure began has to do.
        var earlier = new StepSums(now, WindowCounts.Empty, WindowCounts.Empty)
            .Plus(await Samples(row, await ExposedSince(row, cancellationToken), cancellationToken), row, RoleIn(row), now).Champion;
        return earlier.JudgedRequests > evidence.ChampionInStep.JudgedRequests ? evidence with { ChampionInStep = earlier, ChampionIsEarlier = true } : evidence;
    }

    private async Task<DateTimeOffset> ExposedSince(RolloutRow row, CancellationToken cancellationToken) => await database.RolloutHistory
        .Where(entry => entry.RolloutId == row.Id && entry.Phase == RolloutPhase.Exposing)
        .MinAsync(entry => entry.At, cancellationToken);

    // Whole windows that began after the step: what was counted under the split before must not speak for this one.
    private async Task<IReadOnlyList<WindowSample>> Samples(RolloutRow row, DateTimeOffset since, CancellationToken cancellationToken) => await database.Windows.AsNoTracking()
        .Where(window => window.Environment == row.Environment && window.Model == row.Model && window.Segment == "" && window.Start >= since
            && (window.Version == row.Version || window.Version == row.Champion))
        .Select(window => new WindowSample(window.Version, window.Role, window.Start, window.Counts))
        .ToListAsync(cancellationToken);

    private async Task Keep(RolloutRow row, int gateIndex, GateVerdict verdict, JudgedInputs inputs, CancellationToken cancellationToken)
    {
        var last = await database.GateEvaluations.AsNoTracking()
            .Where(evaluation => evaluation.RolloutId == row.Id && evaluation.GateIndex == gateIndex)
            .OrderByDescending(evaluation => evaluation.At)
            .FirstOrDefaultAsync(cancellationToken);
        if (last is not null && last.Outcome == verdict.Verdict && last.Step == row.Step && verdict.At - last.At < KeptEvery) return;
        database.GateEvaluations.Add(new()
        {
            RolloutId = row.Id,
            Step = row.Step,
            GateIndex = gateIndex,
            Outcome = verdict.Verdict,
            Verdict = verdict,
            InputsJson = JsonSerializer.Serialize(inputs, NodeJson.Options),
            At = verdict.At,
        });
    }
}
