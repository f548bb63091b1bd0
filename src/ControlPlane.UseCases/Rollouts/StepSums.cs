using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.UseCases.Database;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>One stored window as a gate reads it.</summary>
public sealed record WindowSample(int Version, TrafficRole Role, DateTimeOffset Start, WindowCounts Counts);

/// <summary>Both versions' counts of all windows of a step that began before <paramref name="Until"/>.</summary>
public sealed record StepSums(DateTimeOffset Until, WindowCounts Champion, WindowCounts Challenger)
{
    /// <summary>With more windows, up to a later instant. Scores are left out: no gate reads them.</summary>
    public StepSums Plus(IEnumerable<WindowSample> samples, RolloutRow row, TrafficRole challengerRole, DateTimeOffset until)
    {
        var (champion, challenger) = (Champion, Challenger);
        foreach (var sample in samples)
        {
            var counts = sample.Counts with { Scores = ScoreHistogram.Empty };
            if (sample.Version == row.Version && sample.Role == challengerRole) challenger = challenger.Plus(counts);
            else if (sample.Version == row.Champion && sample.Role == TrafficRole.Champion) champion = champion.Plus(counts);
        }

        return new(until, champion, challenger);
    }
}

/// <summary>What a verdict rests on, and what is settled by then, so that the next look reads only newer windows.</summary>
public sealed record JudgedInputs(GateEvidence Evidence, StepSums Settled);
