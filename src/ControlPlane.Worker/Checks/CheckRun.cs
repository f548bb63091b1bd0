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
    private GoldenReading? _golden;

    public async Task Execute(CancellationToken cancellation)
    {
        if (await Load(cancellation) is { } loaded)
        {
            await using (loaded)
            {
                var samples = await Golden(loaded, cancellation);
                await Latency(loaded, samples, cancellation);
            }
        }

        Begin(CheckStage.Finished);
    }

    private void Begin(CheckStage stage) => tell(new(
        stage,
        [.. _results],
        _scan is null ? null : PlacementProgress.Engine(_scan.Place.Place),
        _scan?.Graph.Operators.ToDictionary() ?? []));

    private async Task<LoadedVersion?> Load(CancellationToken cancellation)
    {
        try
        {
            Begin(CheckStage.Scanning);
            _scan = ArtifactScan.Read(task.ArtifactPath);
            Begin(CheckStage.Opening);
            var started = Stopwatch.GetTimestamp();
            var settings = EngineSettings.Default(Directory.GetCurrentDirectory());
            var loaded = await LoadedVersion.Load(VersionSource.Of(task.Order, task.ArtifactPath), EnginePlace.OwnProcess, settings, cancellation);
            if (task.GoldenPath is { } golden) _golden = GoldenSamples.Read(await File.ReadAllBytesAsync(golden, cancellation), loaded.Contract);
            Begin(CheckStage.WarmingUp);
            var firstRun = await FirstRun(loaded, cancellation);
            _results.Add(CheckOutcomes.Passed(
                CheckOutcomes.Loads,
                $"ONNX Runtime {OrtEnvironment.Version} opens it and its tensors match the contract. {_scan.Place.Sentence}{firstRun}",
                new() { ["load_milliseconds"] = Stopwatch.GetElapsedTime(started).TotalMilliseconds, ["nodes"] = _scan.Graph.Operators.Values.Sum() }));
            return loaded;
        }
        catch (Exception cause)
        {
            _results.Add(CheckOutcomes.Failed(CheckOutcomes.Loads, Sentence(cause)));
            _results.Add(CheckOutcomes.NotApplicable(CheckOutcomes.Golden, "Not run: the version does not load."));
            _results.Add(CheckOutcomes.NotApplicable(CheckOutcomes.Latency, "Not run: the version does not load."));
            return null;
        }
    }

    /// <summary>What there is to say of the warm-up: an error on one row rejects nothing, golden samples judge that.</summary>
    private async Task<string> FirstRun(LoadedVersion loaded, CancellationToken cancellation)
    {
        var sample = _golden is { Samples: [var first, ..] } ? first : null;
        var error = await loaded.WarmUp(sample, cancellation);
        if (error is null) return "";
        var row = sample is null ? "a made-up row" : $"golden:{sample.Line}";
        return $" Its first run, on {row}, gave an error, which alone does not reject it: {error}";
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
            var samples = golden.Problems.Count == 0 ? golden.Samples : throw new VersionLoadException(golden.Problems);
            var replay = await loaded.ReplayGolden(samples, cancellation);
            Dictionary<string, double> figures = new() { ["samples"] = replay.Samples, ["failed"] = replay.Failed, ["max_difference"] = replay.MaxDifference };
            _results.Add(replay.Failed == 0
                ? CheckOutcomes.Passed(CheckOutcomes.Golden, Invariant($"{replay.Samples} samples come back; the largest difference is {replay.MaxDifference:G3}."), figures)
                : CheckOutcomes.Failed(CheckOutcomes.Golden, $"{replay.Failed} of {replay.Samples} samples do not come back: {string.Join("; ", replay.Problems.Take(3))}", figures));
            return replay.Failed == 0 ? samples : [];
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
        while (calls.Count < LatencyCalls && Stopwatch.GetElapsedTime(started) < LatencyLimit)
            calls.AddRange((await loaded.ReplayGolden([.. samples.Take(LatencyCalls)], cancellation)).Microseconds);
        calls.Sort();
        var (median, p99) = (Quantile(calls, 0.5), Quantile(calls, 0.99));
        Dictionary<string, double> figures = new() { ["calls"] = calls.Count, ["p50_milliseconds"] = median, ["p99_milliseconds"] = p99, ["limit_milliseconds"] = limit };
        var sentence = Invariant($"p99 is {p99:0.###} ms over {calls.Count} calls of one row; the contract promises {limit:0.###} ms.");
        _results.Add(p99 <= limit ? CheckOutcomes.Passed(CheckOutcomes.Latency, sentence, figures) : CheckOutcomes.Failed(CheckOutcomes.Latency, sentence, figures));
    }

    /// <summary>The smallest value that at least the share q of the calls does not exceed, in milliseconds.</summary>
    private static double Quantile(List<double> sortedMicroseconds, double q) => sortedMicroseconds[(int)Math.Ceiling(q * sortedMicroseconds.Count) - 1] / 1000;

    private static string Sentence(Exception cause) => cause is VersionLoadException or PredictionException or OrtException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
