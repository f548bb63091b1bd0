namespace ControlPlane.Demo.Tests;

/// <summary>A clock whose timers are due at once: a wait moves the clock by as much as was asked for.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            lock (_gate)
                _now += dueTime;
        }

        // A moment of real time, so that a loop of waits leaves room for the others.
        return System.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
