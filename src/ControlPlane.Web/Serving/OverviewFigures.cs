using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.Web.Live;
using ControlPlane.Web.Parts;
using ControlPlane.Web.Rollouts;

namespace ControlPlane.Web.Serving;

/// <summary>One model on the overview. Rates and latencies are those of answered traffic; copies do not count.</summary>
/// <param name="Release">The last release, when it is newer than all that the rollout did.</param>
public sealed record OverviewRow(
    string Model,
    int? Champion,
    int? LatestVersion,
    IReadOnlyList<int> Challengers,
    IReadOnlyList<int> Shadows,
    SplitView? Split,
    IReadOnlyList<double> Rates,
    double RequestsPerSecond,
    double? P99Milliseconds,
    double? ErrorShare,
    RolloutView? Rollout,
    ReleaseView? Release,
    RollBackOffer RollBack);

/// <summary>The figures above the table.</summary>
public sealed record OverviewTotals(double RequestsPerSecond, long Requests, long Failed, double? FailedShare, int OpenRollouts, int WaitingForPeople, RolloutView? LastRollBack, ReleaseView? LastDirectRollBack);

/// <summary>Turns a snapshot into what the overview shows.</summary>
public static class OverviewFigures
{
    /// <summary>The rate now is that of the last half minute of whole windows.</summary>
    public const int NowSeconds = 30;

    private const int SparkMinutes = 30;
    private const int SparkBars = 60;

    public static IReadOnlyList<OverviewRow> Rows(LiveSnapshot live)
    {
        var windows = live.Windows.Where(IsAnswered).GroupBy(window => window.Model).ToDictionary(group => group.Key, group => group.ToList());
        return [.. live.Models.Select(model => Row(live, model, windows.GetValueOrDefault(model.Name) ?? []))];
    }

    public static OverviewTotals Totals(LiveSnapshot live)
    {
        var answered = live.Windows.Where(IsAnswered).ToList();
        var requests = answered.Sum(window => window.Counts.Requests);
        var judged = answered.Sum(window => window.Counts.JudgedRequests);
        var direct = live.Releases.FirstOrDefault(release => release is { Cause: ReleaseCause.RolledBack, RolloutId: null });
        var failed = answered.Sum(window => window.Counts.FailedRequests);
        return new(
            RatePerSecond(answered, live.At),
            requests,
            failed,
            judged == 0 ? null : (double)failed / judged,
            live.OpenRollouts.Count,
            live.OpenRollouts.Count(rollout => rollout.Phase is RolloutPhase.AwaitingPromotion or RolloutPhase.AwaitingApproval or RolloutPhase.Holding),
            direct is null || live.LastRollBack?.ChangedAt > direct.From ? live.LastRollBack : null,
            live.LastRollBack?.ChangedAt > direct?.From ? null : direct);
    }

    /// <summary>Requests per second over the whole windows of the last half minute before the instant.</summary>
    public static double RatePerSecond(IEnumerable<WindowView> windows, DateTimeOffset at)
    {
        var recent = Recent(windows, at).ToList();
        return recent.Sum(window => window.Counts.Requests) / (double)NowSeconds;
    }

    /// <summary>Requests per second in equal stretches of the last half hour, oldest first.</summary>
    public static IReadOnlyList<double> Rates(IEnumerable<WindowView> windows, DateTimeOffset at)
    {
        var width = TimeSpan.FromMinutes(SparkMinutes) / SparkBars;
        var sums = new double[SparkBars];
        foreach (var window in windows)
        {
            var bar = SparkBars - 1 - (int)Math.Floor((at - window.Start) / width);
            if (bar is >= 0 and < SparkBars) sums[bar] += window.Counts.Requests / width.TotalSeconds;
        }

        // The newest stretch is still filling and would always look like a fall.
        return sums[..^1];
    }

    private static OverviewRow Row(LiveSnapshot live, UseCases.Registry.ModelView model, IReadOnlyList<WindowView> windows)
    {
        var split = live.Splits.GetValueOrDefault(model.Name);
        var recent = Recent(windows, live.At, minutes: 5).Aggregate(WindowCounts.Empty, (sum, window) => sum.Plus(window.Counts with { Scores = ScoreHistogram.Empty }));
        var rollout = live.OpenRollouts.FirstOrDefault(rollout => rollout.Model == model.Name) ?? live.RecentRollouts.FirstOrDefault(rollout => rollout.Model == model.Name);
        var releases = live.Releases.Where(release => release.Model == model.Name).ToList();
        return new(
            model.Name,
            model.Champion,
            model.LatestVersion,
            [.. (split?.Shares ?? []).Where(share => share.Version != split!.Champion && share.SharePercent > 0).Select(share => share.Version)],
            [.. (split?.Mirrors ?? []).Select(mirror => mirror.Version)],
            split,
            Rates(windows, live.At),
            RatePerSecond(windows, live.At),
            recent.Latency.QuantileMilliseconds(0.99),
            recent.JudgedRequests == 0 ? null : (double)recent.FailedRequests / recent.JudgedRequests,
            rollout,
            releases.FirstOrDefault(release => IsNewer(release, rollout)),
            RollBackOffer.Of(model.Name, model.Champion, rollout, releases));
    }

    private static bool IsNewer(ReleaseView release, RolloutView? rollout) => rollout is null
        || (!RolloutFigures.IsOpen(rollout.Phase) && release.RolloutId != rollout.Id && release.From > rollout.ChangedAt);

    private static bool IsAnswered(WindowView window) => window.Role != TrafficRole.Mirror;

    private static IEnumerable<WindowView> Recent(IEnumerable<WindowView> windows, DateTimeOffset at, double minutes = NowSeconds / 60.0)
    {
        // Whole windows alone: the end is cut to the window grid, so a half-filled one does not pull the rate down.
        var grid = windows.Select(window => window.Seconds).DefaultIfEmpty(10).Max();
        var end = at.AddSeconds(-((at.ToUnixTimeMilliseconds() / 1000.0 % grid) + 1));
        var last = DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(end.ToUnixTimeMilliseconds() / 1000.0 / grid) * grid + grid);
        var first = last.AddMinutes(-minutes);
        return windows.Where(window => window.Start >= first && window.Start < last);
    }
}
