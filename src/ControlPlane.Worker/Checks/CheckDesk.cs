using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Checks;

/// <summary>The checks that this node was asked for: run one at a time, and told with every report until nobody asks any more.</summary>
public sealed class CheckDesk(ArtifactShelf shelf, CheckChild child, ILogger<CheckDesk> log) : BackgroundService
{
    private const int MostFetches = 5;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Dictionary<Guid, CheckReport> _finished = [];
    private IReadOnlyList<CheckOrder> _wanted = [];

    public IReadOnlyList<CheckReport> Finished
    {
        get
        {
            lock (_lock) return [.. _finished.Values];
        }
    }

    /// <summary>The digests that open checks refer to.</summary>
    public IEnumerable<string> Digests
    {
        get
        {
            lock (_lock) return [.. _wanted.SelectMany(order => new[] { order.ArtifactDigest, order.GoldenDigest, VersionSource.PreparationDigest(order.ContractJson) }).OfType<string>()];
        }
    }

    public void Want(IReadOnlyList<CheckOrder> orders)
    {
        lock (_lock)
        {
            _wanted = orders;
            var ids = orders.Select(order => order.CheckId).ToHashSet();
            foreach (var told in _finished.Keys.Where(id => !ids.Contains(id)).ToList()) _finished.Remove(told);
            if (_asked.CurrentCount == 0 && Next() is not null) _asked.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _asked.WaitAsync(stopping);
            while (TakeNext() is { } order) await Run(order, stopping);
        }
    }

    private CheckOrder? TakeNext()
    {
        lock (_lock) return Next();
    }

    private CheckOrder? Next() => _wanted.FirstOrDefault(order => !_finished.ContainsKey(order.CheckId));

    private async Task Run(CheckOrder order, CancellationToken stopping)
    {
        CheckReport report;
        try
        {
            report = await Execute(order, stopping);
        }
        catch (Exception cause) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("{Model} version {Version} could not be checked: {Reason}", order.Model, order.Version, cause.Message);
            report = new(order.CheckId, [CheckOutcomes.Failed(CheckOutcomes.Loads, $"The check could not be run on this node: {cause.Message}")], null, new Dictionary<string, int>());
        }

        log.LogInformation("{Model} version {Version} was checked: {Outcomes}", order.Model, order.Version, string.Join(", ", report.Results.Select(result => $"{result.Name} {result.Outcome}")));
        lock (_lock)
            if (_wanted.Any(wanted => wanted.CheckId == order.CheckId)) _finished[order.CheckId] = report;
    }

    private async Task<CheckReport> Execute(CheckOrder order, CancellationToken stopping)
    {
        var artifact = await Obtain(order.ArtifactDigest, stopping);
        var golden = order.GoldenDigest is { } digest ? await Obtain(digest, stopping) : null;
        var graph = VersionSource.PreparationDigest(order.ContractJson) is { } graphDigest ? await Obtain(graphDigest, stopping) : null;
        return await child.Run(new CheckTask(order, artifact, golden, graph), stopping);
    }

    /// <summary>A control plane that restarts must not fail a version: fetching is tried again for about half a minute.</summary>
    private async Task<string> Obtain(string digest, CancellationToken stopping)
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await shelf.Obtain(digest, stopping);
            }
            catch (Exception cause) when (cause is IOException or HttpRequestException or DigestMismatchException && attempt < MostFetches)
            {
                log.LogWarning("Attempt {Attempt} to fetch {Digest} failed: {Reason}", attempt, digest, cause.Message);
                await Task.Delay(backOff.Next(), stopping);
            }
        }
    }
}
