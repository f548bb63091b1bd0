using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Traffic;

/// <summary>Whom a client program would find behind a load balancer: the nodes in turn, a node that just failed last.</summary>
public sealed class NodeDirectory(ControlPlaneClient web, TimeProvider time)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Avoidance = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<Uri, DateTimeOffset> _failedAt = [];
    private Uri[] _addresses = [];
    private int _turn;

    /// <summary>The addresses to try, best first; empty while no node is known.</summary>
    public IReadOnlyList<Uri> InOrder()
    {
        lock (_gate)
        {
            if (_addresses.Length == 0)
                return [];
            var (now, first) = (time.GetUtcNow(), _turn++ % _addresses.Length);
            return [.. _addresses[first..].Concat(_addresses[..first]).OrderBy(address => _failedAt.TryGetValue(address, out var at) && now - at < Avoidance)];
        }
    }

    public void Failed(Uri node)
    {
        lock (_gate)
            _failedAt[node] = time.GetUtcNow();
    }

    /// <summary>Asks Web who serves. While Web is gone the last known nodes stay: they serve without it.</summary>
    public async Task FindAsync(TextWriter log, CancellationToken cancel)
    {
        try
        {
            var nodes = await web.NodesAsync(cancel);
            lock (_gate)
                _addresses = [.. nodes.Select(node => node.Address)];
        }
        catch (WebCallException failure)
        {
            await log.WriteLineAsync($"Web does not say which nodes serve, the known ones are kept: {failure.Message}");
        }
    }

    /// <summary>Follows the fleet until cancelled.</summary>
    public async Task FollowAsync(TextWriter log, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(Refresh, time, cancel);
            await FindAsync(log, cancel);
        }
    }
}
