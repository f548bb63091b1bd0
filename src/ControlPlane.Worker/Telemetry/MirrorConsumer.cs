using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Telemetry;

/// <summary>Empties the mirror queue off the request's path, one copy at a time, so that shadows take at most one core from those who answer.</summary>
public sealed class MirrorConsumer(MirrorQueue queue, ServingTableHolder table, IPredictionSink sink, ILogger<MirrorConsumer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var request in queue.Waiting.ReadAllAsync(stopping)) await Run(request, stopping);
        }
        finally
        {
            while (queue.Waiting.TryRead(out var left)) queue.Drop(left);
        }
    }

    private async Task Run(MirrorRequest request, CancellationToken stopping)
    {
        try
        {
            await MirrorRun.Execute(table.Current, request, sink, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            queue.Drop(request);
        }
        catch (Exception cause)
        {
            log.LogError(cause, "A mirrored request of {Model} version {Version} was lost", request.Model, request.Version);
            queue.Drop(request);
        }
    }
}
