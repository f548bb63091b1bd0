namespace ControlPlane.Worker.Node;

/// <summary>
/// The lease: whether the control plane has been heard within the last <c>LeaseSeconds</c>. A node that starts has heard from nobody yet, so
/// that what is being tried waits for the first word.
/// </summary>
public sealed class Supervision(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long? _lastHeard;
    private TimeSpan _lease = TimeSpan.FromSeconds(30);

    public TimeSpan Lease
    {
        get
        {
            lock (_lock) return _lease;
        }
    }

    /// <summary>How long the control plane has not been heard; without end when it never was.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (_lock) return _lastHeard is { } heard ? clock.GetElapsedTime(heard) : TimeSpan.MaxValue;
        }
    }

    public bool IsSupervised => Silence <= Lease;

    /// <summary>The control plane spoke: an answer to a report, or a push.</summary>
    public void Heard()
    {
        lock (_lock) _lastHeard = clock.GetTimestamp();
    }

    public void Agree(int leaseSeconds)
    {
        lock (_lock) _lease = TimeSpan.FromSeconds(leaseSeconds);
    }
}
