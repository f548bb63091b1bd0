using System.Collections.Concurrent;

namespace ControlPlane.Web.Live;

/// <summary>Holds the newest snapshot and tells subscribed pages of it. One per process; pages never query for what is in it.</summary>
public sealed class LiveFeed(ILogger<LiveFeed> logger)
{
    private readonly ConcurrentDictionary<object, Func<LiveSnapshot, Task>> _subscribers = new();
    private readonly ConcurrentDictionary<object, VersionKey> _watched = new();
    private volatile LiveSnapshot _current = LiveSnapshot.None;

    public LiveSnapshot Current => _current;

    /// <summary>Versions that some page wants to see change while they are checked.</summary>
    public IReadOnlyCollection<VersionKey> Watched => _watched.Values.ToHashSet();

    public IDisposable Subscribe(Func<LiveSnapshot, Task> page)
    {
        var key = new object();
        _subscribers[key] = page;
        return new Leaving(() => _subscribers.TryRemove(key, out _));
    }

    public IDisposable Watch(string model, int version)
    {
        var key = new object();
        _watched[key] = new(model, version);
        return new Leaving(() => _watched.TryRemove(key, out _));
    }

    /// <summary>Makes the snapshot the newest one. A page that fails to draw it does not keep the others from it.</summary>
    public async Task Publish(LiveSnapshot snapshot)
    {
        _current = snapshot;
        await Task.WhenAll(_subscribers.Values.Select(page => Tell(page, snapshot)));
    }

    private async Task Tell(Func<LiveSnapshot, Task> page, LiveSnapshot snapshot)
    {
        try
        {
            await page(snapshot);
        }
        catch (ObjectDisposedException)
        {
            // The circuit closed between the look and the notice; it takes itself off the list.
        }
        catch (Exception fault)
        {
            logger.LogWarning(fault, "A live page could not draw the newest snapshot");
        }
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
