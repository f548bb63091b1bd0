using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Charts;

/// <summary>Turns windows into the charts of one model, one line per version and role, all over the same stretch of time.</summary>
public static class TrafficCharts
{
    /// <summary>A window that has run for less is not drawn: a second of traffic is no rate yet.</summary>
    private const double LeastElapsedSeconds = 3;

    private const int Dashes = 4;

    /// <summary>Requests per second.</summary>
    public static ChartModel Rate(IReadOnlyList<WindowView> windows, ChartSpan span, IReadOnlyList<ChartMarker> markers) =>
        Over(windows, span, "Who answers how much?", "requests per second", "/s", (window, elapsed) => window.Counts.Requests / elapsed, markers, []);

    /// <summary>A quantile of the latency in milliseconds.</summary>
    public static ChartModel Latency(IReadOnlyList<WindowView> windows, ChartSpan span, double quantile, IReadOnlyList<ChartMarker> markers, IReadOnlyList<ChartLimit> limits) =>
        Over(windows, span, quantile >= 0.9 ? "Is it as fast?" : "How fast is it usually?", $"latency p{quantile * 100:0}, ms", "ms", (window, _) => window.Counts.Latency.QuantileMilliseconds(quantile), markers, limits);

    /// <summary>Failed requests among all but refused ones, in percent, as the gate counts them.</summary>
    public static ChartModel Errors(IReadOnlyList<WindowView> windows, ChartSpan span, IReadOnlyList<ChartMarker> markers) =>
        Over(windows, span, "Does it fail more often?", "failed requests, %", "%", (window, _) => window.Counts.JudgedRequests == 0 ? null : 100.0 * window.Counts.FailedRequests / window.Counts.JudgedRequests, markers, []);

    /// <summary>Share of predictions per unit of score over the whole stretch, so that versions with bins of different widths compare; with the thresholds of the policy.</summary>
    public static ChartModel Scores(IReadOnlyList<WindowView> windows, ChartSpan span, IReadOnlyList<ChartLimit> thresholds)
    {
        var lines = Lines(Within(windows, span)).Select(line => (line.Key, Sum: SumScores(line))).Where(line => line.Sum.Total > 0 && line.Sum.High > line.Sum.Low).ToList();
        var keys = lines.Select(line => line.Key).ToList();
        var series = lines.Select(line => new ChartSeries(Name(line.Key), Tone(line.Key.Role), Density(line.Sum), Dash(line.Key, keys), Filled: true, Stepped: true)).ToList();
        var low = lines.Count == 0 ? 0 : lines.Min(line => line.Sum.Low);
        var high = lines.Count == 0 ? 1 : lines.Max(line => line.Sum.High);
        var summary = lines.Count == 0
            ? "No scores in this time."
            : string.Join(" ", lines.Select(line => $"{Name(line.Key)}: mean score {line.Sum.Mean:0.000} over {Phrases.Many(line.Sum.Total, "prediction")}."));
        return new("Are the scores the same?", "density: share of predictions per unit of score", "", ChartAxis.Number, low, high, series, thresholds, [], summary);
    }

    private static ChartModel Over(
        IReadOnlyList<WindowView> windows, ChartSpan span, string question, string detail, string unit,
        Func<WindowView, double, double?> value, IReadOnlyList<ChartMarker> markers, IReadOnlyList<ChartLimit> limits)
    {
        var lines = Lines(Within(windows, span)).ToList();
        var keys = lines.Select(line => line.Key).ToList();
        var series = lines.Select(line => new ChartSeries(Name(line.Key), Tone(line.Key.Role), Points(line, span, value), Dash(line.Key, keys))).ToList();
        var inSpan = markers.Where(marker => marker.X >= span.FromMilliseconds && marker.X <= span.UntilMilliseconds).ToList();
        return new(question, detail, unit, ChartAxis.Time, span.FromMilliseconds, span.UntilMilliseconds, series, limits, inSpan, Summary(series, unit));
    }

    private static IEnumerable<WindowView> Within(IReadOnlyList<WindowView> windows, ChartSpan span) =>
        windows.Where(window => window.Start.AddSeconds(window.Seconds) > span.From && window.Start < span.Until);

    private static IEnumerable<IGrouping<(int Version, TrafficRole Role), WindowView>> Lines(IEnumerable<WindowView> windows) =>
        windows.GroupBy(window => (window.Version, window.Role)).OrderBy(line => line.Key.Role).ThenBy(line => line.Key.Version);

    // A gap of more than two windows breaks the line: nothing was asked then, which is not zero latency.
    private static List<ChartDatum> Points(IEnumerable<WindowView> line, ChartSpan span, Func<WindowView, double, double?> value)
    {
        var points = new List<ChartDatum>();
        DateTimeOffset? last = null;
        foreach (var window in line.OrderBy(window => window.Start))
        {
            var elapsed = Math.Min(window.Seconds, (span.Until - window.Start).TotalSeconds);
            if (elapsed < LeastElapsedSeconds) continue;
            var middle = window.Start.AddSeconds(elapsed / 2);
            if (last is { } before && window.Start - before > TimeSpan.FromSeconds(2.5 * window.Seconds)) points.Add(new(before.AddSeconds(window.Seconds).ToUnixTimeMilliseconds(), null));
            points.Add(new(middle.ToUnixTimeMilliseconds(), value(window, elapsed)));
            last = window.Start;
        }

        return points;
    }

    private static ScoreHistogram SumScores(IEnumerable<WindowView> line)
    {
        var sum = ScoreHistogram.Empty;
        // A version has one declared range, so its windows always add up.
        foreach (var window in line) sum = sum.Plus(window.Counts.Scores);
        return sum;
    }

    private static List<ChartDatum> Density(ScoreHistogram scores)
    {
        var width = (scores.High - scores.Low) / ScoreHistogram.Bins;
        return [.. Enumerable.Range(1, ScoreHistogram.Bins).Select(bin =>
            new ChartDatum(scores.Low + (bin - 0.5) * width, scores.Counts.GetValueOrDefault(bin) / (scores.Total * width)))];
    }

    // The newest version of a role is solid.
    private static int Dash((int Version, TrafficRole Role) line, IReadOnlyList<(int Version, TrafficRole Role)> lines) =>
        lines.Count(other => other.Role == line.Role && other.Version > line.Version) % Dashes;

    private static string Summary(IReadOnlyList<ChartSeries> series, string unit) => series.Count == 0
        ? "No requests in this time."
        : string.Join(" ", series.Select(line => line.Points.LastOrDefault(point => point.Y is not null) is { Y: { } newest }
            ? $"{line.Name}: {newest:0.##} {unit} now."
            : $"{line.Name}: nothing."));

    public static string Name((int Version, TrafficRole Role) line) => line.Role switch
    {
        TrafficRole.Champion => $"champion v{line.Version}",
        TrafficRole.Challenger => $"challenger v{line.Version}",
        TrafficRole.Mirror => $"shadow v{line.Version}",
    };

    public static ChartTone Tone(TrafficRole role) => role switch
    {
        TrafficRole.Champion => ChartTone.Champion,
        TrafficRole.Challenger => ChartTone.Challenger,
        TrafficRole.Mirror => ChartTone.Shadow,
    };
}
