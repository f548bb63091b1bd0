using System.Collections.Concurrent;
using ControlPlane.Domain.Serving;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Telemetry;

/// <summary>
/// Counts requests in windows of ten seconds per version and role, and keeps each window until the control plane has acknowledged it.
/// Memory is bounded: past <paramref name="most"/> windows the oldest is given up and what it counted is told by <see cref="UncountedRequests"/>.
/// </summary>
public sealed class PredictionWindows(TimeProvider clock, int most = PredictionWindows.MostWindows) : IPredictionSink
{
    public const int WindowSeconds = 10;

    /// <summary>About 20 MB: two hours and a half of one version in nine roles and models without a word from the control plane.</summary>
    public const int MostWindows = 8192;

    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromSeconds(WindowSeconds);

    private readonly ConcurrentDictionary<WindowKey, WindowAccumulator> _windows = new();
    private long _uncounted;
    private long _firstOpenTicks;

    /// <summary>Requests whose counts were given up because nobody fetched them in time.</summary>
    public long UncountedRequests => Interlocked.Read(ref _uncounted);

    public void Record(in ServedRequest request)
    {
        while (!Current(request.Model, request.Version, request.Role).TryAdd(request))
        {
        }
    }

    /// <summary>A mirror copy that found the queue full.</summary>
    public void RecordDroppedMirror(string model, int version)
    {
        while (!Current(model, version, TrafficRole.Mirror).TryAddDropped())
        {
        }
    }

    /// <summary>The windows that changed since their last acknowledgement, oldest first.</summary>
    public IReadOnlyList<ReportedWindow> Changed(int atMost) =>
        [.. _windows.Values.OrderBy(window => window.Key.Start).Select(window => window.Changed()).OfType<ReportedWindow>().Take(atMost)];

    /// <summary>Lets go of windows that ended a while ago and whose last state was acknowledged.</summary>
    public void Forget()
    {
        var ended = clock.GetUtcNow() - KeptAfterEnd - TimeSpan.FromSeconds(WindowSeconds);
        Interlocked.Exchange(ref _firstOpenTicks, ended.UtcTicks);
        foreach (var window in _windows.Values.Where(window => window.Key.Start < ended))
            if (window.TryClose()) _windows.TryRemove(window.Key, out _);
    }

    /// <summary>
    /// The window of this moment. A thread that slept since it read the clock must not bring a forgotten window back: it would tell a count that
    /// starts from nothing under a name that was told already.
    /// </summary>
    private WindowAccumulator Current(string model, int version, TrafficRole role)
    {
        while (true)
        {
            var ticks = clock.GetUtcNow().UtcTicks;
            var start = new DateTimeOffset(ticks - ticks % (WindowSeconds * TimeSpan.TicksPerSecond), TimeSpan.Zero);
            var key = new WindowKey(model, version, role, start);
            if (!_windows.TryGetValue(key, out var window))
            {
                window = _windows.GetOrAdd(key, static key => new WindowAccumulator(key));
                if (_windows.Count > most) GiveUpOldest(start);
            }

            if (start.UtcTicks >= Interlocked.Read(ref _firstOpenTicks)) return window;
        }
    }

    private void GiveUpOldest(DateTimeOffset current)
    {
        var oldest = _windows.Values.Where(window => window.Key.Start < current).MinBy(window => window.Key.Start);
        if (oldest is null) return;
        var unreported = oldest.Changed()?.Report.Requests ?? 0;
        oldest.TryClose(evenUnacknowledged: true);
        if (_windows.TryRemove(oldest.Key, out _)) Interlocked.Add(ref _uncounted, unreported);
    }
}
