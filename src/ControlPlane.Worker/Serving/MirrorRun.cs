namespace ControlPlane.Worker.Serving;

/// <summary>Runs one mirrored copy, compares it with the answer that was sent, and counts both.</summary>
public static class MirrorRun
{
    /// <summary>Does nothing when the version has left the table meanwhile. Never throws for what the copy or the model does; such errors are counted.</summary>
    public static Task Execute(ServingTable table, MirrorRequest request, IPredictionSink sink, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
