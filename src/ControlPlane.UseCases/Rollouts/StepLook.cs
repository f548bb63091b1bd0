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

    /// <summary>The judgement of the step at the instant; new verdicts are added to the unit of work.</summary>
    public async Task<StepJudged> Judge(RolloutRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var began = row.StepBeganAt ?? throw new InvalidOperationException($"Rollout {row.Id} is exposed without a step.");
        var role = RoleIn(row);
        var samples = await Samples(row, began, cancellationToken);
        var challenger = Sum(samples, row.Version, role);
        var verdicts = new List<GateVerdict>();
        for (var index = 0; index < row.Plan.Gates.Count; index++)
        {
            var gate = row.Plan.Gates[index];
            var evidence = await Evidence(row, gate, samples, now, cancellationToken);
            var verdict = GateJudgement.Judge(gate, evidence, now);
            verdicts.Add(verdict);
            await Keep(row, index, verdict, evidence, cancellationToken);
        }

        return new(now, challenger.Predictions, verdicts);
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

    private async Task<GateEvidence> Evidence(RolloutRow row, Gate gate, IReadOnlyList<Sample> samples, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var role = RoleIn(row);
        var champion = row.Champion ?? throw new InvalidOperationException($"Rollout {row.Id} is exposed without a champion.");
        var recent = samples.Where(sample => sample.Start >= now.AddSeconds(-gate.WindowSeconds)).ToList();
        var evidence = new GateEvidence(
            Sum(samples, champion, TrafficRole.Champion), Sum(samples, row.Version, role), Sum(recent, champion, TrafficRole.Champion), Sum(recent, row.Version, role));
        if (gate.ComparedWith != GateComparison.Champion || evidence.ChampionInStep.Requests >= gate.MinimumSample) return evidence;
        // A share of 100 % leaves the champion without requests: then what it did since the exposure began has to do.
        var earlier = Sum(await Samples(row, await ExposedSince(row, cancellationToken), cancellationToken), champion, TrafficRole.Champion);
        return earlier.Requests > evidence.ChampionInStep.Requests ? evidence with { ChampionInStep = earlier, ChampionIsEarlier = true } : evidence;
    }

    private async Task<DateTimeOffset> ExposedSince(RolloutRow row, CancellationToken cancellationToken) => await database.RolloutHistory
        .Where(entry => entry.RolloutId == row.Id && entry.Phase == RolloutPhase.Exposing)
        .MinAsync(entry => entry.At, cancellationToken);

    // Whole windows that began after the step: what was counted under the split before must not speak for this one.
    private async Task<IReadOnlyList<Sample>> Samples(RolloutRow row, DateTimeOffset since, CancellationToken cancellationToken) => await database.Windows.AsNoTracking()
        .Where(window => window.Environment == row.Environment && window.Model == row.Model && window.Segment == "" && window.Start >= since
            && (window.Version == row.Version || window.Version == row.Champion))
        .Select(window => new Sample(window.Version, window.Role, window.Start, window.Counts))
        .ToListAsync(cancellationToken);

    private static WindowCounts Sum(IEnumerable<Sample> samples, int version, TrafficRole role) => samples
        .Where(sample => sample.Version == version && sample.Role == role)
        .Aggregate(WindowCounts.Empty, (sum, sample) => sum.Plus(sample.Counts with { Scores = ScoreHistogram.Empty }));

    private async Task Keep(RolloutRow row, int gateIndex, GateVerdict verdict, GateEvidence evidence, CancellationToken cancellationToken)
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
            InputsJson = JsonSerializer.Serialize(evidence, NodeJson.Options),
            At = verdict.At,
        });
    }

    private sealed record Sample(int Version, TrafficRole Role, DateTimeOffset Start, WindowCounts Counts);
}
