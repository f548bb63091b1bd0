using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Placements;

/// <summary>Keeps loaded what the node was told to keep loaded, and lets go of the rest after the traffic has moved off.</summary>
public sealed class PlacementKeeper(VersionOpening opening, TimeProvider clock, ILogger<PlacementKeeper> log) : IAsyncDisposable
{
    /// <summary>A request that read the table before the version left it has entered the version long before this ends.</summary>
    private static readonly TimeSpan MovedOff = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<PlacementKey, Placement> _placements = [];
    private readonly HashSet<Task> _releases = [];
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Raised after any placement's state changed, on the thread that changed it.</summary>
    public event Action? Changed;

    public IReadOnlyList<PlacementProgress> Progress
    {
        get
        {
            lock (_lock) return [.. _placements.Values.Select(placement => placement.Progress)];
        }
    }

    /// <summary>Starts what is new; what is no longer wanted is released a while after the caller has published a table without it.</summary>
    public void Want(IReadOnlyList<PlacementOrder> orders)
    {
        var wanted = orders.DistinctBy(PlacementKey.Of).ToDictionary(PlacementKey.Of);
        lock (_lock)
        {
            var unwanted = _placements.Where(pair => !wanted.ContainsKey(pair.Key)).ToList();
            foreach (var (key, placement) in unwanted)
            {
                _placements.Remove(key);
                Track(ReleaseLater(placement));
            }

            foreach (var (key, order) in wanted.Where(pair => !_placements.ContainsKey(pair.Key)))
            {
                var placement = new Placement(order, opening, log, () => Changed?.Invoke());
                _placements.Add(key, placement);
                placement.Start();
            }
        }
    }

    /// <summary>Releases everything; to be called when no request comes any more.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Placement> all;
        List<Task> releases;
        await _closing.CancelAsync();
        lock (_lock)
        {
            all = [.. _placements.Values];
            releases = [.. _releases];
            _placements.Clear();
        }

        await Task.WhenAll(all.Select(placement => placement.Release()));
        await Task.WhenAll(releases);
    }

    private void Track(Task release)
    {
        _releases.Add(release);
        release.ContinueWith(Forget, TaskScheduler.Default);

        void Forget(Task done)
        {
            lock (_lock) _releases.Remove(done);
        }
    }

    private async Task ReleaseLater(Placement placement)
    {
        await Task.Delay(MovedOff, clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await placement.Release();
            log.LogInformation("{Model} version {Version} was let go", placement.Progress.Order.Model, placement.Progress.Order.Version);
        }
        catch (Exception cause)
        {
            log.LogError(cause, "{Model} version {Version} did not close cleanly", placement.Progress.Order.Model, placement.Progress.Order.Version);
        }
    }
}
