using System.Diagnostics;
using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Checks;

/// <summary>The checks of one version, in the throwaway child. Each stage is told before it begins.</summary>
internal sealed class CheckRun(CheckTask task, Action<CheckProgress> tell)
{
    private const int LatencyCalls = 500;
    private static readonly TimeSpan LatencyLimit = TimeSpan.FromSeconds(10);

    private readonly List<CheckResultReport> _results = [];
    private ScannedArtifact? _scan;
    private GoldenFile? _golden;
    private GoldenReplayReport? _replay;
    private long _residentBefore;

    public async Task Execute(CancellationToken cancellation)
    {
        if (await Load(cancellation) is { } loaded)
        {
            await using (loaded)
            {
                var samples = await Golden(loaded, cancellation);
                await Latency(loaded, samples, cancellation);
                Memory(loaded.Contract.Runtime.MemoryMegabytes);
            }
        }

        Begin(CheckStage.Finished);
    }

    private void Begin(CheckStage stage) => tell(new(
        stage,
        [.. _results],
        _scan is null ? null : PlacementProgress.Engine(_scan.Place.Place),
        _scan?.Graph.Operators.ToDictionary() ?? [],
        _replay));

    private async Task<LoadedVersion?> Load(CancellationToken cancellation)
    {
        try
        {
            Begin(CheckStage.Scanning);
            _scan = ArtifactScan.Read(task.ArtifactPath);
            var graph = ArtifactScan.ReadGraph(task.PreparationPath);
            Begin(CheckStage.Opening);
            // The runtime itself is every version's; what counts against this one begins after it.
            var runtime = OrtEnvironment.Version;
            _residentBefore = ResidentMemory.Settled();
            var started = Stopwatch.GetTimestamp();
            var settings = EngineSettings.Default(Directory.GetCurrentDirectory());
            var loaded = await LoadedVersion.Load(Source(graph), EnginePlace.OwnProcess, settings, cancellation);
            if (task.GoldenPath is { } golden) _golden = new GoldenFile(golden, loaded.Contract);
            Begin(CheckStage.WarmingUp);
            var firstRun = await FirstRun(loaded, cancellation);
            _results.Add(CheckOutcomes.Passed(
                CheckOutcomes.Loads,
                $"ONNX Runtime {runtime} opens it and its tensors match the contract. {_scan.Place.Sentence}{GraphSentence(graph)}{firstRun}",
                new() { ["load_milliseconds"] = Stopwatch.GetElapsedTime(started).TotalMilliseconds, ["nodes"] = _scan.Graph.Operators.Values.Sum() }));
            return loaded;
        }
        catch (Exception cause)
        {
            _results.Add(CheckOutcomes.Failed(CheckOutcomes.Loads, Sentence(cause)));
            foreach (var name in CheckOutcomes.All.Except([CheckOutcomes.Loads])) _results.Add(CheckOutcomes.NotApplicable(name, "Not run: the version does not load."));
            return null;
        }
    }

    /// <summary>Both run here, whatever the pre-scan chose: this process is the one that may die.</summary>
    private VersionSource Source((GraphSource Source, ScannedArtifact Scan)? graph) =>
        VersionSource.Of(task.Order, task.ArtifactPath) with { Preparation = graph is { } known ? known.Source with { Place = EnginePlace.OwnProcess } : null };

    private static string GraphSentence((GraphSource Source, ScannedArtifact Scan)? graph) => graph is { } known ? $" The preprocessing graph: {known.Scan.Place.Sentence}" : "";

    /// <summary>What there is to say of the warm-up: an error on one row rejects nothing, golden samples judge that.</summary>
    private async Task<string> FirstRun(LoadedVersion loaded, CancellationToken cancellation)
    {
        var sample = FirstSample();
        var error = await loaded.WarmUp(sample, cancellation);
        if (error is null) return "";
        var row = sample is null ? "a made-up row" : $"golden:{sample.Line}";
        return $" Its first run, on {row}, gave an error, which alone does not reject it: {error}";
    }

    private GoldenSample? FirstSample()
    {
        try
        {
            return _golden?.Samples().FirstOrDefault();
        }
        catch (VersionLoadException)
        {
            // The check of the golden samples, which comes next, says what is wrong with the file.
            return null;
        }
    }

    /// <summary>The samples when they came back; otherwise none, so that nothing is measured on wrong answers.</summary>
    private async Task<IReadOnlyList<GoldenSample>> Golden(LoadedVersion loaded, CancellationToken cancellation)
    {
        if (_golden is not { } golden)
        {
            _results.Add(CheckOutcomes.NotApplicable(CheckOutcomes.Golden, "The version came without golden samples."));
            return [];
        }

        Begin(CheckStage.RunningGolden);
        try
        {
            var budget = ReplayBudget.Begin();
            var replay = await loaded.ReplayGolden(golden, budget.MayGoOn, cancellation);
            _replay = replay.ToReport();
            Dictionary<string, double> figures = new() { ["samples"] = replay.Samples, ["failed"] = replay.Failed, ["max_difference"] = replay.MaxDifference };
            // What was not tried is not known to be right, and a check that passes says that all of it is.
            var sentence = replay.IsWhole ? replay.Sentence() : $"Only {replay.Samples} of {replay.Of} samples could be replayed in {ReplayBudget.Seconds} s: give fewer. {replay.Sentence()}";
            var passed = replay is { IsWhole: true, Failed: 0 };
            _results.Add(passed ? CheckOutcomes.Passed(CheckOutcomes.Golden, sentence, figures) : CheckOutcomes.Failed(CheckOutcomes.Golden, sentence, figures));
            return passed ? [.. golden.Samples().Take(LatencyCalls)] : [];
        }
        catch (Exception cause)
        {
            _results.Add(CheckOutcomes.Failed(CheckOutcomes.Golden, Sentence(cause)));
            return [];
        }
    }

    private async Task Latency(LoadedVersion loaded, IReadOnlyList<GoldenSample> samples, CancellationToken cancellation)
    {
        if (loaded.Contract.Slo?.LatencyP99Milliseconds is not { } limit)
        {
            _results.Add(CheckOutcomes.NotApplicable(CheckOutcomes.Latency, "The contract promises no latency (slo.latency_p99_milliseconds)."));
            return;
        }

        if (samples.Count == 0)
        {
            _results.Add(CheckOutcomes.NotApplicable(CheckOutcomes.Latency, "Not run: there are no golden samples that come back to measure it with."));
            return;
        }

        Begin(CheckStage.MeasuringLatency);
        var calls = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (calls.Count < LatencyCalls && IsInTime()) calls.AddRange(await loaded.TimeGolden(samples.TakeWhile(_ => IsInTime()), cancellation));
        calls.Sort();
        var (median, p99) = (Quantile(calls, 0.5), Quantile(calls, 0.99));
        Dictionary<string, double> figures = new() { ["calls"] = calls.Count, ["p50_milliseconds"] = median, ["p99_milliseconds"] = p99, ["limit_milliseconds"] = limit };
        var sentence = Invariant($"p99 is {p99:0.###} ms over {calls.Count} calls of one row; the contract promises {limit:0.###} ms.");
        _results.Add(p99 <= limit ? CheckOutcomes.Passed(CheckOutcomes.Latency, sentence, figures) : CheckOutcomes.Failed(CheckOutcomes.Latency, sentence, figures));

        bool IsInTime() => Stopwatch.GetElapsedTime(started) < LatencyLimit;
    }

    /// <summary>What opening the model and running it left in memory.</summary>
    private void Memory(int limitMegabytes)
    {
        Begin(CheckStage.MeasuringMemory);
        var resident = ResidentMemory.Settled();
        var growth = Math.Max(0, resident - _residentBefore) / ResidentMemory.BytesOfMegabyte;
        Dictionary<string, double> figures = new() { ["growth_megabytes"] = growth, ["limit_megabytes"] = limitMegabytes, ["resident_megabytes"] = resident / ResidentMemory.BytesOfMegabyte };
        var sentence = Invariant($"Opening it and running it took {growth:0.#} MB of resident memory; the contract allows {limitMegabytes} MB.");
        _results.Add(growth <= limitMegabytes ? CheckOutcomes.Passed(CheckOutcomes.Memory, sentence, figures) : CheckOutcomes.Failed(CheckOutcomes.Memory, sentence, figures));
    }

    /// <summary>The smallest value that at least the share q of the calls does not exceed, in milliseconds.</summary>
    private static double Quantile(List<double> sortedMicroseconds, double q) => sortedMicroseconds[(int)Math.Ceiling(q * sortedMicroseconds.Count) - 1] / 1000;

    private static string Sentence(Exception cause) => cause is VersionLoadException or PredictionException or OrtException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
