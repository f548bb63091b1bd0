using ControlPlane.Worker.Placements;

namespace ControlPlane.Worker.Node;

/// <summary>The end of the process in order: requests end first (the server's part), then the last counts are told, then the models are closed.</summary>
public sealed class Departure(NodeLife life, PlacementKeeper placements) : IHostedLifecycleService
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(3);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestFarewell);
        await life.Leave(limit.Token);
        await placements.DisposeAsync();
    }
}
