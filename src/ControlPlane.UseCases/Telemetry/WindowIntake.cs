using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Telemetry;

/// <summary>
/// Takes in a node's windows. They are cumulative: the fuller one of two about the same time and incarnation counts, so that a report that is repeated
/// or arrives late changes nothing.
/// </summary>
internal sealed class WindowIntake(ControlPlaneContext context) : INotificationHandler<WindowsReported>
{
    public const int MaximumSeconds = 60;

    public async Task Handle(WindowsReported notification, CancellationToken cancellationToken)
    {
        if (notification.Windows.Count == 0) return;
        var reported = notification.Windows.Select((window, index) => ToRow(notification, window, $"windows[{index}]")).ToList();
        var (oldest, newest) = (reported.Min(window => window.Start), reported.Max(window => window.Start));
        var known = await context.Windows
            .Where(window => window.NodeId == notification.NodeId && window.Incarnation == notification.Incarnation && window.Start >= oldest && window.Start <= newest)
            .ToDictionaryAsync(Key, cancellationToken);
        foreach (var window in reported)
        {
            if (!known.TryGetValue(Key(window), out var row))
            {
                context.Windows.Add(window);
                known[Key(window)] = window;
            }
            else if (window.Requests + window.MirrorDropped >= row.Requests + row.MirrorDropped)
            {
                Replace(row, window);
            }
        }
    }

    private static (string Model, int Version, TrafficRole Role, string Segment, DateTimeOffset Start) Key(WindowRow row) => (row.Model, row.Version, row.Role, row.Segment, row.Start);

    private static void Replace(WindowRow row, WindowRow window)
    {
        row.Seconds = window.Seconds;
        row.Counts = window.Counts;
        row.Requests = window.Requests;
        row.Predictions = window.Predictions;
        row.FailedRequests = window.FailedRequests;
        row.MirrorDropped = window.MirrorDropped;
    }

    private static WindowRow ToRow(WindowsReported report, WindowReport window, string path)
    {
        if (window.Seconds is < 1 or > MaximumSeconds) throw RefusedException.Invalid($"{path}.seconds", $"must be between 1 and {MaximumSeconds}");
        if (window.Model.Length > Lengths.Name) throw RefusedException.Invalid($"{path}.model", $"must be at most {Lengths.Name} characters long");
        if (window.Segment.Length > Lengths.Line) throw RefusedException.Invalid($"{path}.segment", $"must be at most {Lengths.Line} characters long");
        var role = SnakeCaseWord.Parse<TrafficRole>(window.Role) ?? throw RefusedException.Invalid($"{path}.role", $"must be one of {SnakeCaseWord.All<TrafficRole>()}");
        var counts = Counts(window, path);
        return new WindowRow
        {
            NodeId = report.NodeId,
            Incarnation = report.Incarnation,
            Environment = report.Environment,
            Model = window.Model,
            Version = window.Version,
            Role = role,
            Segment = window.Segment,
            Start = window.Start.ToUniversalTime(),
            Seconds = window.Seconds,
            Counts = counts,
            Requests = counts.Requests,
            Predictions = counts.Predictions,
            FailedRequests = counts.FailedRequests,
            MirrorDropped = counts.MirrorDropped,
        };
    }

    private static WindowCounts Counts(WindowReport window, string path) => new(
        window.Requests,
        window.Predictions,
        window.Errors.ToDictionary(error => Kind(error.Key, path), error => error.Value),
        new LatencyHistogram(window.Latency),
        new ScoreHistogram(window.ScoreLow, window.ScoreHigh, window.Scores, window.ScoreSum),
        window.Decisions,
        new MirrorComparison(window.MirrorCompared, window.MirrorFlips, window.MirrorSumDifference, window.MirrorSumAbsoluteDifference),
        window.MirrorDropped);

    private static ErrorKind Kind(string word, string path) => SnakeCaseWord.Parse<ErrorKind>(word)
        ?? throw RefusedException.Invalid($"{path}.errors", $"{word} is not one of {SnakeCaseWord.All<ErrorKind>()}");
}
