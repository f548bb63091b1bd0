namespace ControlPlane.Worker.Node;

/// <summary>Looks every half second whether the lease ended or came back, and has the table published anew when it did.</summary>
public sealed class LeaseWatch(Supervision supervision, ServedState served, TimeProvider clock, ILogger<LeaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private bool _supervised;

    /// <summary>One look; also called as soon as the control plane was heard.</summary>
    public void Look()
    {
        var supervised = supervision.IsSupervised;
        if (Interlocked.Exchange(ref _supervised, supervised) == supervised) return;
        if (supervised) log.LogInformation("The control plane is heard: challengers get their shares");
        else log.LogWarning("The control plane was not heard for {Seconds} s: challenger traffic goes to the champion", supervision.Lease.TotalSeconds);
        served.Republish();
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stopping)) Look();
    }
}
