using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Placements;

/// <summary>Where one placement stands. Immutable: readers see one moment.</summary>
/// <param name="Settled">Whether it has been ready or failed once since the node started; a later attempt does not take that back.</param>
/// <param name="Loaded">Set exactly when the state is Ready.</param>
public sealed record PlacementProgress(
    PlacementOrder Order,
    PlacementState State,
    string? Reason = null,
    bool Settled = false,
    LoadedVersion? Loaded = null,
    double? LoadMilliseconds = null,
    double? GoldenMaxDifference = null)
{
    public PlacementReport ToReport() => new(
        Order.Model,
        Order.Version,
        Order.ReleaseDigest,
        State,
        Reason,
        Loaded is null ? null : Engine(Loaded),
        LoadMilliseconds,
        GoldenMaxDifference);

    private static string Engine(LoadedVersion loaded) => loaded.Place switch
    {
        Domain.Registry.EnginePlace.OwnProcess => "own_process",
        Domain.Registry.EnginePlace.Child => "child",
    };
}
