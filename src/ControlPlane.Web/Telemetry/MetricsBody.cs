using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.UseCases.Telemetry;

namespace ControlPlane.Web.Telemetry;

/// <summary>The windows of a model and their sums.</summary>
public sealed record MetricsBody(string Model, string Environment, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<WindowBody> Windows, IReadOnlyList<TotalBody> Totals)
{
    public static MetricsBody Of(string model, string environment, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<WindowView> windows) => new(
        model, environment, since, until,
        [.. windows.Select(window => new WindowBody(window.Version, window.Role, window.Start, window.Seconds, CountsBody.Of(window.Counts)))],
        [.. windows.GroupBy(window => (window.Version, window.Role)).OrderBy(group => group.Key).Select(group =>
            new TotalBody(group.Key.Version, group.Key.Role, CountsBody.Of(group.Aggregate(WindowCounts.Empty, (sum, window) => sum.Plus(window.Counts)))))]);
}

/// <summary>One version and role over one interval, all nodes together.</summary>
public sealed record WindowBody(int Version, TrafficRole Role, DateTimeOffset Start, int Seconds, CountsBody Counts);

/// <summary>One version and role over the whole range.</summary>
public sealed record TotalBody(int Version, TrafficRole Role, CountsBody Counts);

/// <summary>Counts with the quantiles read out of their histogram.</summary>
public sealed record CountsBody(
    long Requests,
    long Predictions,
    long FailedRequests,
    IReadOnlyDictionary<string, long> Errors,
    double? LatencyP50Milliseconds,
    double? LatencyP99Milliseconds,
    ScoreBody Score,
    IReadOnlyDictionary<string, long> Decisions,
    MirrorBody Mirror)
{
    public static CountsBody Of(WindowCounts counts) => new(
        counts.Requests, counts.Predictions, counts.FailedRequests,
        counts.Errors.ToDictionary(error => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(error.Key.ToString()), error => error.Value),
        counts.Latency.QuantileMilliseconds(0.5), counts.Latency.QuantileMilliseconds(0.99), ScoreBody.Of(counts.Scores), counts.Decisions,
        new(counts.Mirror.Compared, counts.Mirror.Flips, counts.Mirror.SumDifference, counts.Mirror.SumAbsoluteDifference, counts.MirrorDropped));
}

/// <summary>Scores over [low, high]: counts[0] below, 50 equal bins, counts[51] above. Empty without scores.</summary>
public sealed record ScoreBody(double Low, double High, double? Mean, IReadOnlyList<long> Counts)
{
    public static ScoreBody Of(ScoreHistogram scores) => new(
        scores.Low, scores.High, scores.Mean, scores.Counts.Count == 0 ? [] : [.. Enumerable.Range(0, ScoreHistogram.Bins + 2).Select(bin => scores.Counts.GetValueOrDefault(bin))]);
}

/// <summary>How mirrored predictions compare with the answers sent.</summary>
public sealed record MirrorBody(long Compared, long Flips, double SumDifference, double SumAbsoluteDifference, long Dropped);
