using System.Globalization;

namespace ControlPlane.Demo.Traffic;

/// <summary>What happened since the last status line.</summary>
public sealed class TrafficCounts(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _byVersion = new(StringComparer.Ordinal);
    private readonly List<double> _milliseconds = [];
    private long _since = time.GetTimestamp();
    private int _failed;
    private int _retried;
    private int _skipped;
    private string? _lastFailure;

    public void Answered(string model, string version, double milliseconds)
    {
        lock (_gate)
        {
            var key = $"{model} v{version}";
            _byVersion[key] = _byVersion.GetValueOrDefault(key) + 1;
            _milliseconds.Add(milliseconds);
        }
    }

    public void Failed(string reason)
    {
        lock (_gate)
        {
            _failed++;
            _lastFailure = reason;
        }
    }

    public void Retried()
    {
        lock (_gate)
            _retried++;
    }

    /// <summary>A request that was not sent because too many were already waiting for an answer.</summary>
    public void Skipped()
    {
        lock (_gate)
            _skipped++;
    }

    /// <summary>One line about the time since the last one, and a fresh start.</summary>
    public string TakeLine()
    {
        lock (_gate)
        {
            var seconds = Math.Max(time.GetElapsedTime(_since).TotalSeconds, 0.001);
            _milliseconds.Sort();
            var line = string.Create(CultureInfo.InvariantCulture,
                $"{_milliseconds.Count} answered ({_milliseconds.Count / seconds:0.0}/s, p50 {Percentile(0.5):0.0} ms, p99 {Percentile(0.99):0.0} ms), {_retried} tried again, {_failed} failed");
            if (_skipped > 0)
                line += $", {_skipped} not sent";
            line += string.Concat(_byVersion.Select(pair => $"; {pair.Key} {pair.Value}"));
            if (_lastFailure is not null)
                line += $"; last failure: {_lastFailure}";
            (_failed, _retried, _skipped, _lastFailure, _since) = (0, 0, 0, null, time.GetTimestamp());
            _byVersion.Clear();
            _milliseconds.Clear();
            return line;
        }
    }

    private double Percentile(double share) => _milliseconds.Count == 0 ? 0 : _milliseconds[(int)Math.Ceiling(share * _milliseconds.Count) - 1];
}
