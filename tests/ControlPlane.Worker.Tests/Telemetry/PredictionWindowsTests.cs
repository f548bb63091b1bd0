using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Telemetry;
using ControlPlane.Worker.Tests.Node;

namespace ControlPlane.Worker.Tests.Telemetry;

public sealed class PredictionWindowsTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Record_counts_rows_scores_decisions_and_errors()
    {
        var windows = new PredictionWindows(_clock);
        Answer(windows, 1000, 0.1, 0.99);
        windows.Record(new ServedRequest { Model = "m", Version = 1, Role = TrafficRole.Champion, Error = ErrorKind.NotFinite, Microseconds = 5 });
        var report = Assert.Single(windows.Changed(10)).Report;
        Assert.Equal(("m", 1, "champion", 10), (report.Model, report.Version, report.Role, report.Seconds));
        Assert.Equal((2, 2), (report.Requests, report.Predictions));
        Assert.Equal(1, report.Errors["not_finite"]);
        Assert.Equal(1, report.Latency[LatencyHistogram.BucketOf(1000)]);
        Assert.Equal(1, report.Scores[ScoreHistogram.BinOf(0.99, 0, 1)]);
        Assert.Equal(1.09, report.ScoreSum, 12);
        Assert.Equal(2, report.Decisions["allow"]);
    }

    [Fact]
    public void Windows_start_every_ten_seconds()
    {
        var windows = new PredictionWindows(_clock);
        Answer(windows, 10);
        _clock.Advance(seconds: 9.9);
        Answer(windows, 10);
        _clock.Advance(seconds: 0.1);
        Answer(windows, 10);
        Assert.Equal([2L, 1L], windows.Changed(10).Select(window => window.Report.Requests));
    }

    [Fact]
    public void Acknowledged_window_is_silent_until_it_changes_and_then_tells_the_whole_count()
    {
        var windows = new PredictionWindows(_clock);
        Answer(windows, 10);
        windows.Changed(10).Single().Acknowledge();
        Assert.Empty(windows.Changed(10));
        Answer(windows, 10);
        Assert.Equal(2, windows.Changed(10).Single().Report.Requests);
    }

    [Fact]
    public void Request_between_report_and_acknowledgement_is_told_by_the_next_report()
    {
        var windows = new PredictionWindows(_clock);
        Answer(windows, 10);
        var told = windows.Changed(10).Single();
        Answer(windows, 10);
        told.Acknowledge();
        Assert.Equal(2, windows.Changed(10).Single().Report.Requests);
    }

    [Fact]
    public void Forget_keeps_what_nobody_acknowledged()
    {
        var windows = new PredictionWindows(_clock);
        Answer(windows, 10);
        _clock.Advance(seconds: 3600);
        windows.Forget();
        var told = Assert.Single(windows.Changed(10));
        told.Acknowledge();
        windows.Forget();
        Assert.Empty(windows.Changed(10));
    }

    [Fact]
    public void More_windows_than_memory_allows_gives_up_the_oldest_and_counts_the_loss()
    {
        var windows = new PredictionWindows(_clock, most: 3);
        for (var i = 0; i < 5; i++)
        {
            Answer(windows, 10);
            Answer(windows, 10);
            _clock.Advance(seconds: 10);
        }

        Assert.Equal(3, windows.Changed(10).Count);
        Assert.Equal(4, windows.UncountedRequests);
    }

    [Fact]
    public async Task Requests_from_many_threads_add_up_exactly()
    {
        var windows = new PredictionWindows(_clock);
        var last = new Dictionary<DateTimeOffset, long>();
        var senders = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++) Answer(windows, i);
        })).ToList();
        while (senders.Any(sender => !sender.IsCompleted))
        {
            Collect();
            _clock.Advance(seconds: 3);
            windows.Forget();
        }

        await Task.WhenAll(senders);
        Collect();
        Assert.Equal(200_000, last.Values.Sum());

        void Collect()
        {
            foreach (var window in windows.Changed(int.MaxValue))
            {
                last[window.Report.Start] = window.Report.Requests;
                window.Acknowledge();
            }
        }
    }

    private static void Answer(PredictionWindows windows, double microseconds, params double[] scores) => windows.Record(new ServedRequest
    {
        Model = "m",
        Version = 1,
        Role = TrafficRole.Champion,
        Rows = scores.Length,
        Microseconds = microseconds,
        Scores = scores,
        ScoreLow = 0,
        ScoreHigh = 1,
        Decisions = scores.Select(_ => "allow").ToArray(),
    });
}
