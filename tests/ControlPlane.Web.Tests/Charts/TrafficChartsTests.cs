using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Web.Charts;
using ControlPlane.Web.Live;
using ControlPlane.Web.Rollouts;
using ControlPlane.Web.Serving;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Charts;

public sealed class TrafficChartsTests
{
    private static readonly ChartSpan Span = ChartSpan.Last(5, Samples.Now);

    [Fact]
    public void Rate_divides_a_window_by_its_seconds_and_the_newest_by_those_that_passed()
    {
        var newest = Samples.Window(12, TrafficRole.Champion, 0, 50, 0);
        var chart = TrafficCharts.Rate([Samples.Window(12, TrafficRole.Champion, -10, 300, 0), newest], Span, []);
        Assert.Equal([30.0, 10.0], chart.Series.Single().Points.Select(point => point.Y!.Value));
    }

    [Fact]
    public void Window_that_has_just_begun_is_not_drawn()
    {
        var justBegun = Samples.Window(12, TrafficRole.Champion, 3, 5, 0);
        Assert.True(TrafficCharts.Rate([justBegun], Span, []).IsEmpty);
    }

    [Fact]
    public void Gap_breaks_the_line()
    {
        var chart = TrafficCharts.Rate([Samples.Window(12, TrafficRole.Champion, -100, 10, 0), Samples.Window(12, TrafficRole.Champion, -20, 10, 0)], Span, []);
        Assert.Equal([false, true, false], chart.Series.Single().Points.Select(point => point.Y is null));
    }

    [Fact]
    public void Versions_and_roles_are_lines_of_their_own_with_the_colour_of_their_role()
    {
        var chart = TrafficCharts.Errors(
            [Samples.Window(14, TrafficRole.Mirror, -20, 10, 0), Samples.Window(12, TrafficRole.Champion, -20, 100, 3), Samples.Window(14, TrafficRole.Challenger, -20, 10, 0)], Span, []);
        Assert.Equal([("champion v12", ChartTone.Champion), ("challenger v14", ChartTone.Challenger), ("shadow v14", ChartTone.Shadow)], chart.Series.Select(line => (line.Name, line.Tone)));
        Assert.Equal(3.0, chart.Series[0].Points.Single().Y);
    }

    [Fact]
    public void Markers_outside_the_span_are_left_out()
    {
        var chart = TrafficCharts.Rate([], Span, [new(Span.FromMilliseconds - 1, "before"), new(Span.UntilMilliseconds, "now")]);
        Assert.Equal(["now"], chart.Markers.Select(marker => marker.Label));
    }

    [Fact]
    public void Scores_are_densities_of_the_versions_own_predictions()
    {
        var chart = TrafficCharts.Scores([Samples.Window(12, TrafficRole.Champion, -20, 100, 0), Samples.Window(14, TrafficRole.Challenger, -20, 10, 0)], Span, []);
        Assert.All(chart.Series, line => Assert.Equal(1, line.Points.Sum(point => point.Y!.Value) / ScoreHistogram.Bins, 6));
        Assert.Equal((0.0, 1.0), (chart.XMin, chart.XMax));
        Assert.Contains("mean score 0.300 over 100 predictions", chart.Summary);
    }

    [Fact]
    public void Scores_of_versions_with_other_ranges_compare_per_unit_of_score()
    {
        var wide = Samples.Window(14, TrafficRole.Challenger, -20, 10, 0);
        wide = wide with { Counts = wide.Counts with { Scores = new(0, 10, new Dictionary<int, long> { [ScoreHistogram.BinOf(3, 0, 10)] = 10 }, 30) } };
        var chart = TrafficCharts.Scores([Samples.Window(12, TrafficRole.Champion, -20, 100, 0), wide], Span, []);
        Assert.Equal(10, chart.Series[0].Points.Max(point => point.Y!.Value) / chart.Series[1].Points.Max(point => point.Y!.Value), 6);
    }

    [Fact]
    public void Versions_of_one_role_have_dashes_of_their_own()
    {
        var chart = TrafficCharts.Rate([Samples.Window(11, TrafficRole.Champion, -40, 10, 0), Samples.Window(12, TrafficRole.Champion, -20, 10, 0), Samples.Window(14, TrafficRole.Challenger, -20, 10, 0)], Span, []);
        Assert.Equal([1, 0, 0], chart.Series.Select(line => line.Dash));
    }

    [Fact]
    public void Rollout_shows_only_its_own_versions_and_since_they_were_exposed()
    {
        var windows = new[]
        {
            Samples.Window(11, TrafficRole.Champion, -20, 10, 0), Samples.Window(12, TrafficRole.Champion, -20, 10, 0), Samples.Window(13, TrafficRole.Challenger, -20, 10, 0),
            Samples.Window(14, TrafficRole.Challenger, -20, 10, 0), Samples.Window(14, TrafficRole.Challenger, -600, 10, 0),
        };
        var traffic = RolloutTraffic.Of(Samples.Rollout(), windows, 15, Samples.Now);
        Assert.Equal([windows[1], windows[3]], traffic.Windows);
        var immediate = Samples.Rollout() with { Plan = Samples.Plan with { Kind = RolloutKind.Immediate } };
        Assert.Equal([windows[1]], RolloutTraffic.Of(immediate, windows, 15, Samples.Now).Windows);
    }

    [Fact]
    public void Closed_rollout_shows_its_own_span_as_far_as_memory_reaches()
    {
        var ended = Samples.Rollout(RolloutPhase.RolledBack) with { ChangedAt = Samples.Now.AddSeconds(-200) };
        var shown = RolloutTraffic.Of(ended, [], null, Samples.Now);
        Assert.Equal((new ChartSpan(Samples.Now.AddSeconds(-360), Samples.Now.AddSeconds(-140)), (string?)null), (shown.Span, shown.Note));
        var forgotten = RolloutTraffic.Of(ended, [], null, Samples.Now.AddHours(1));
        Assert.Null(forgotten.Span);
        Assert.Contains("charts reach back 30 min", forgotten.Note);
        Assert.Contains("got no traffic", RolloutTraffic.Of(ended with { History = [] }, [], null, Samples.Now).Note);
    }

    [Fact]
    public void No_windows_say_so_in_words() => Assert.Equal("No requests in this time.", TrafficCharts.Rate([], Span, []).Summary);

    [Fact]
    public void Rate_now_counts_whole_windows_of_the_last_half_minute()
    {
        var windows = new[] { Samples.Window(12, TrafficRole.Champion, -40, 900, 0), Samples.Window(12, TrafficRole.Champion, -30, 300, 0), Samples.Window(12, TrafficRole.Champion, -20, 300, 0), Samples.Window(12, TrafficRole.Champion, -10, 300, 0), Samples.Window(12, TrafficRole.Champion, 0, 5, 0) };
        Assert.Equal(30, OverviewFigures.RatePerSecond(windows, Samples.Now));
    }

    [Fact]
    public void Memory_replaces_windows_read_again_and_forgets_old_ones()
    {
        var old = Samples.Window(12, TrafficRole.Champion, -3600, 1, 0);
        var merged = WindowMemory.Merge([old, Samples.Window(12, TrafficRole.Champion, -10, 5, 0)], [Samples.Window(12, TrafficRole.Champion, -10, 9, 0)], Samples.Now.AddMinutes(-30));
        Assert.Equal(9, Assert.Single(merged).Counts.Requests);
    }

    [Fact]
    public void Spark_puts_the_largest_value_at_the_top_and_needs_two()
    {
        Assert.Equal("M0.0,23.0 L96.0,1.0", SparkPath.Of([0, 4], 96, 24));
        Assert.Equal("", SparkPath.Of([4], 96, 24));
    }
}
