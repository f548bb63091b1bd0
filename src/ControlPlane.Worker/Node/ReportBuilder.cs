using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Telemetry;

namespace ControlPlane.Worker.Node;

/// <summary>Puts the heartbeat together.</summary>
public sealed class ReportBuilder(ServedState served, PlacementKeeper placements, ServingTableHolder table, PredictionWindows windows, CheckDesk checks)
{
    /// <summary>A node that was alone for hours catches up over several reports, oldest first, instead of in one of many megabytes.</summary>
    private const int MostWindowsPerReport = 500;

    /// <summary>Drawn at each start of the process: windows of two processes never overwrite each other.</summary>
    public Guid Incarnation { get; } = Guid.CreateVersion7();

    public ReportDraft Build()
    {
        windows.Forget();
        var changed = windows.Changed(MostWindowsPerReport);
        return new(
            new NodeReport(
                Incarnation,
                table.Current.Ready,
                Environment.WorkingSet,
                [.. placements.Progress.Select(placement => placement.ToReport())],
                served.Generations,
                [.. changed.Select(window => window.Report)],
                checks.Finished),
            changed);
    }
}

/// <summary>A report on its way, and the windows that count as told once it has arrived.</summary>
public sealed record ReportDraft(NodeReport Report, IReadOnlyList<ReportedWindow> Windows)
{
    public void Acknowledge()
    {
        foreach (var window in Windows) window.Acknowledge();
    }
}
