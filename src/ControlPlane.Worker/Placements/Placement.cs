using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Placements;

/// <summary>One placement's life: tried until it is ready, then kept until it is let go.</summary>
internal sealed class Placement(PlacementOrder order, VersionOpening opening, ILogger log, Action changed)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _released = new();
    private volatile PlacementProgress _progress = new(order, PlacementState.Fetching);
    private Task _attempts = Task.CompletedTask;

    public PlacementProgress Progress => _progress;

    public void Start() => _attempts = Task.Run(Attempts);

    /// <summary>Stops attempts and closes the version, which waits for the requests in flight.</summary>
    public async Task Release()
    {
        await _released.CancelAsync();
        await _attempts;
        if (_progress.Loaded is { } loaded) await loaded.DisposeAsync();
        _released.Dispose();
    }

    private async Task Attempts()
    {
        var backOff = new BackOff(FirstWait, LongestWait);
        while (!_released.IsCancellationRequested && !await Attempt())
            await Task.Delay(backOff.Next(), _released.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> Attempt()
    {
        try
        {
            var opened = await opening.Open(order, state => Set(_progress with { State = state, Reason = null }), _released.Token);
            log.LogInformation("{Model} version {Version} is ready after {Milliseconds:0} ms", order.Model, order.Version, opened.LoadMilliseconds);
            if (opened.FirstRunError is { } error) log.LogInformation("{Model} version {Version} gave an error when it was warmed up: {Error}", order.Model, order.Version, error);
            Set(new(order, PlacementState.Ready, null, true, opened.Loaded, opened.LoadMilliseconds, opened.GoldenMaxDifference));
            return true;
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception cause)
        {
            var reason = Reason(cause);
            log.LogWarning("{Model} version {Version} could not be placed: {Reason}", order.Model, order.Version, reason);
            Set(_progress with { State = PlacementState.Failed, Reason = reason, Settled = true });
            return false;
        }
    }

    /// <summary>Exceptions meant for people speak for themselves; of others the kind is said too.</summary>
    private static string Reason(Exception cause) => cause is VersionLoadException or PredictionException or GoldenMismatchException or DigestMismatchException or HttpRequestException
        ? cause.Message
        : $"{cause.GetType().Name}: {cause.Message}";

    private void Set(PlacementProgress progress)
    {
        _progress = progress;
        changed();
    }
}
