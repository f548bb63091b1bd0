using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Placements;

/// <summary>Once a minute, while the control plane is heard, removes the artifact files that neither a placement nor a check refers to.</summary>
public sealed class ShelfCleaning(ArtifactShelf shelf, ServedState served, CheckDesk checks, Supervision supervision, ILogger<ShelfCleaning> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>One look.</summary>
    public void Clean()
    {
        if (!supervision.IsSupervised) return;
        try
        {
            shelf.KeepOnly(served.Digests.Union(checks.Digests).ToHashSet());
        }
        catch (IOException cause)
        {
            log.LogWarning("Artifacts that nothing refers to could not be removed: {Reason}", cause.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(stopping)) Clean();
    }
}
