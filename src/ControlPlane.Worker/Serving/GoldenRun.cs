using System.Diagnostics;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Serving;

/// <summary>Sends golden samples through the whole serving path of a version and gathers what parts. The contract's timeout does not count here; the latency check judges speed.</summary>
internal sealed class GoldenRun(LoadedVersion version)
{
    /// <summary>So many go one by one, as most clients send them; the others in batches, so that 100,000 samples end in time.</summary>
    private const int OneByOne = 200;
    private const int MostRowsOfBatch = 256;
    private const int MostWorst = 20;
    private const int MostFurthest = 5;

    private readonly List<GoldenRow> _worst = [];
    private readonly List<(double Difference, GoldenRow Row)> _furthest = [];
    private readonly SortedSet<GoldenStage> _stages = [];
    private int _samples;
    private int _failed;
    private double _maxDifference;
    private GoldenStage? _firstStage;

    private ServingPlan Plan => version.Plan;

    /// <param name="mayGoOn">Asked before each batch; when it says no, the rest is left out and the replay says so.</param>
    public async Task<GoldenReplay> Replay(IGoldenSource source, Func<bool> mayGoOn, CancellationToken cancellation)
    {
        var together = Plan.IsRaw ? 1 : Math.Min(Plan.RowsPerRun, MostRowsOfBatch);
        var waiting = new List<GoldenSample>();
        foreach (var sample in source.Samples())
        {
            waiting.Add(sample);
            if (_samples >= OneByOne && waiting.Count < together) continue;
            if (!mayGoOn()) return Result(source.Count);
            await Compare(waiting, cancellation);
            waiting.Clear();
        }

        if (waiting.Count > 0 && mayGoOn()) await Compare(waiting, cancellation);
        return Result(source.Count);
    }

    /// <summary>Times of samples as requests of one row each, in microseconds.</summary>
    public async Task<IReadOnlyList<double>> Time(IEnumerable<GoldenSample> samples, CancellationToken cancellation)
    {
        var times = new List<double>();
        foreach (var sample in samples)
        {
            var batch = version.Rent();
            var started = Stopwatch.GetTimestamp();
            try
            {
                RowReader.ReadRow(sample.InputsJson, Plan, batch);
                await version.Run(batch, cancellation);
                RowAnswer.WriteOutputs(Plan, batch, row: 0);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }
            finally
            {
                version.Return(batch);
            }
        }

        return times;
    }

    private GoldenReplay Result(int of) => new(_samples, of, _failed, _maxDifference, _firstStage, [.. _worst], [.. _stages], [.. _furthest.Select(kept => kept.Row)]);

    private async Task Compare(IReadOnlyList<GoldenSample> samples, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var comparison = new GoldenComparison(Plan, samples);
        _stages.UnionWith(comparison.Expected());
        var batch = version.Rent();
        try
        {
            // What reads one row into a list of one reads several that stand side by side.
            RowReader.ReadRow(string.Join(',', samples.Select(sample => sample.InputsJson)), Plan, batch);
            comparison.Accepted();
            await version.Run(batch, cancellation, comparison);
            comparison.Finished(batch);
            for (var row = 0; row < samples.Count; row++) Take(comparison, row);
            _maxDifference = Math.Max(_maxDifference, comparison.MaxDifference);
        }
        catch (PredictionException cause) when (cause.Kind != ErrorKind.Overloaded && samples.Count > 1)
        {
            // One wrong row fails its whole batch: which one it is, only the rows alone can tell.
            foreach (var sample in samples) await Compare([sample], cancellation);
        }
        catch (PredictionException cause) when (cause.Kind != ErrorKind.Overloaded)
        {
            TakeParted(comparison.Refused(cause.Message));
        }
        finally
        {
            version.Return(batch);
        }
    }

    private void Take(GoldenComparison comparison, int row)
    {
        if (comparison.Row(row) is { } parted)
        {
            TakeParted(parted);
            return;
        }

        _samples++;
        var difference = comparison.DifferenceOf(row);
        var place = _furthest.FindIndex(other => difference > other.Difference);
        if (place < 0) place = _furthest.Count;
        if (difference == 0 || place == MostFurthest) return;
        _furthest.Insert(place, (difference, comparison.Agreeing(row)));
        if (_furthest.Count > MostFurthest) _furthest.RemoveAt(MostFurthest);
    }

    private void TakeParted(GoldenRow parted)
    {
        _samples++;
        _failed++;
        if (parted.Stage is { } stage && !(_firstStage <= stage)) _firstStage = stage;
        var place = _worst.FindIndex(other => Badness(parted).CompareTo(Badness(other)) > 0);
        _worst.Insert(place < 0 ? _worst.Count : place, parted);
        if (_worst.Count > MostWorst) _worst.RemoveAt(MostWorst);
    }

    /// <summary>Earlier stages are worse, a row without an answer is worse than a wrong one, then how far the difference is beyond the tolerance counts.</summary>
    private static (int, bool, double) Badness(GoldenRow row) => (
        -(int)(row.Stage ?? GoldenStage.Postprocessing + 1),
        row.Error is not null,
        row.Excess());
}
