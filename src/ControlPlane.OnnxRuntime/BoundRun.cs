namespace ControlPlane.OnnxRuntime;

/// <summary>Tensors tied to a session. Runs of one binding wait for each other, as they share the tensors; use one binding per caller.</summary>
public sealed class BoundRun : IDisposable
{
    private readonly OrtHandle _session;
    private readonly RunFrame _frame;
    private readonly Lock _gate = new();
    private bool _disposed;

    internal BoundRun(OrtHandle session, RunFrame frame)
    {
        _session = session;
        _frame = frame;
    }

    /// <summary>Runs the model over what the input tensors hold now, into the output tensors. Cancelling stops it between two operators.</summary>
    public void Run(CancellationToken cancellation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var held = _session.Use();
            _frame.Run(held.Value, cancellation);
        }
    }

    /// <summary>Unpins the tensors, after a run under way has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _frame.Dispose();
        }
    }
}
