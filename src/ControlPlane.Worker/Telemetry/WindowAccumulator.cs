using System.Text.Json;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Telemetry;

/// <summary>Which window a request counts in.</summary>
public readonly record struct WindowKey(string Model, int Version, TrafficRole Role, DateTimeOffset Start);

/// <summary>The running counts of one window. Its lock is held for a few additions, and only requests of one version and role meet at it.</summary>
internal sealed class WindowAccumulator(WindowKey key)
{
    private readonly Lock _lock = new();
    private readonly long[] _latency = new long[LatencyHistogram.LastBucket + 1];
    private readonly long[] _scores = new long[ScoreHistogram.Bins + 2];
    private readonly long[] _errors = new long[Enum.GetValues<ErrorKind>().Length];
    private readonly Dictionary<string, long> _decisions = [];
    private long _requests;
    private long _predictions;
    private long _dropped;
    private double _low;
    private double _high;
    private double _scoreSum;
    private MirrorComparison _mirror = MirrorComparison.Empty;
    private long _changes;
    private long _acknowledged;
    private bool _closed;

    public WindowKey Key => key;

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>False when the window was closed meanwhile: the request belongs into a younger one.</summary>
    public bool TryAdd(in ServedRequest request)
    {
        lock (_lock)
        {
            if (_closed) return false;
            _changes++;
            _requests++;
            if (request.Error is { } error) _errors[(int)error]++;
            else
            {
                _predictions += request.Rows;
                _latency[LatencyHistogram.BucketOf(request.Microseconds)]++;
                AddScores(request);
                foreach (var decision in request.Decisions) _decisions[decision] = _decisions.GetValueOrDefault(decision) + 1;
            }

            if (request.Mirror is { } mirror) _mirror = _mirror.Plus(mirror);
            return true;
        }
    }

    public bool TryAddDropped()
    {
        lock (_lock)
        {
            if (_closed) return false;
            _changes++;
            _dropped++;
            return true;
        }
    }

    /// <summary>The counts when they changed since they were last acknowledged, otherwise null.</summary>
    public ReportedWindow? Changed()
    {
        lock (_lock)
        {
            return _changes == _acknowledged ? null : new ReportedWindow(this, _changes, Report());
        }
    }

    public void Acknowledge(long changes)
    {
        lock (_lock) _acknowledged = Math.Max(_acknowledged, changes);
    }

    /// <summary>Closes the window for good; false when there is something that nobody acknowledged.</summary>
    public bool TryClose(bool evenUnacknowledged = false)
    {
        lock (_lock)
        {
            if (_changes != _acknowledged && !evenUnacknowledged) return false;
            return _closed = true;
        }
    }

    private void AddScores(in ServedRequest request)
    {
        if (request.ScoreLow is not { } low || request.ScoreHigh is not { } high || !(low < high)) return;
        (_low, _high) = (low, high);
        foreach (var score in request.Scores)
        {
            _scores[ScoreHistogram.BinOf(score, low, high)]++;
            _scoreSum += score;
        }
    }

    private WindowReport Report() => new(
        key.Model,
        key.Version,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(key.Role.ToString()),
        Segment: "",
        key.Start,
        PredictionWindows.WindowSeconds,
        _requests,
        _predictions,
        Sparse(_errors).ToDictionary(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(((ErrorKind)pair.Key).ToString()), pair => pair.Value),
        Sparse(_latency),
        _low,
        _high,
        Sparse(_scores),
        _scoreSum,
        new Dictionary<string, long>(_decisions),
        _mirror.Compared,
        _mirror.Flips,
        _mirror.SumDifference,
        _mirror.SumAbsoluteDifference,
        _dropped);

    private static Dictionary<int, long> Sparse(long[] counts)
    {
        var sparse = new Dictionary<int, long>();
        for (var index = 0; index < counts.Length; index++)
            if (counts[index] != 0) sparse[index] = counts[index];
        return sparse;
    }
}

/// <summary>A window as it was put into a report, to be acknowledged in exactly that state.</summary>
public sealed class ReportedWindow
{
    private readonly WindowAccumulator _window;
    private readonly long _changes;

    internal ReportedWindow(WindowAccumulator window, long changes, WindowReport report) => (_window, _changes, Report) = (window, changes, report);

    public WindowReport Report { get; }

    public void Acknowledge() => _window.Acknowledge(_changes);
}
