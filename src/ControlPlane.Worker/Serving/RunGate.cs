using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Worker.Serving;

/// <summary>
/// Lets a few runs of one version through at a time and a bounded number wait. Per version, so that a slow challenger fills its own queue and
/// never the champion's.
/// </summary>
internal sealed class RunGate(int maxRuns, int maxQueued) : IDisposable
{
    private readonly SemaphoreSlim _free = new(maxRuns, maxRuns);
    private int _queued;

    /// <exception cref="PredictionException">Overloaded: the queue is full.</exception>
    public ValueTask Enter(CancellationToken cancellation) => _free.Wait(0, CancellationToken.None) ? ValueTask.CompletedTask : Queue(cancellation);

    public void Leave() => _free.Release();

    public void Dispose() => _free.Dispose();

    private async ValueTask Queue(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _queued) > maxQueued)
        {
            Interlocked.Decrement(ref _queued);
            throw new PredictionException(ErrorKind.Overloaded, $"all {maxRuns} runs are busy and {maxQueued} requests wait already; try again shortly");
        }

        try
        {
            await _free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }
}
