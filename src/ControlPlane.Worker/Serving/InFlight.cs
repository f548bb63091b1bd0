namespace ControlPlane.Worker.Serving;

/// <summary>Counts the requests that hold something, so that it is closed after the last of them and never under one.</summary>
internal sealed class InFlight
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The holder itself counts as one until it closes.
    private int _count = 1;
    private int _closed;

    /// <summary>False once closing has begun and the last request has left.</summary>
    public bool TryEnter()
    {
        var count = Volatile.Read(ref _count);
        while (count > 0 && Volatile.Read(ref _closed) == 0)
        {
            var seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count) return true;
            count = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0) _drained.TrySetResult();
    }

    /// <summary>Refuses newcomers and completes when nobody is left. True for the caller that began the closing.</summary>
    public async Task<bool> Close()
    {
        var isFirst = Interlocked.Exchange(ref _closed, 1) == 0;
        if (isFirst) Leave();
        await _drained.Task;
        return isFirst;
    }
}
