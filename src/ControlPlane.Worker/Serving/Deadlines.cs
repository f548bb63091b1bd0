using System.Collections.Concurrent;

namespace ControlPlane.Worker.Serving;

/// <summary>Cancellation after a version's timeout; sources that did not fire are used again.</summary>
internal sealed class Deadlines(int milliseconds) : IDisposable
{
    private readonly ConcurrentQueue<CancellationTokenSource> _idle = new();

    public CancellationTokenSource Begin()
    {
        if (!_idle.TryDequeue(out var source)) source = new();
        source.CancelAfter(milliseconds);
        return source;
    }

    public void End(CancellationTokenSource source)
    {
        if (source.TryReset()) _idle.Enqueue(source);
        else source.Dispose();
    }

    public void Dispose()
    {
        while (_idle.TryDequeue(out var source)) source.Dispose();
    }
}
