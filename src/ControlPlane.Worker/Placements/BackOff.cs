namespace ControlPlane.Worker.Placements;

/// <summary>Waiting times between attempts: doubling from the first to the longest, each drawn from the upper half so that nodes do not march in step.</summary>
public sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    public TimeSpan Next()
    {
        var bound = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30)));
        return TimeSpan.FromMilliseconds(bound * (0.5 + Random.Shared.NextDouble() / 2));
    }

    public void Reset() => _failures = 0;
}
