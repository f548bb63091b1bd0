using ControlPlane.Domain.Registry;
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
        Loaded is null ? null : Engine(Loaded.Place),
        LoadMilliseconds,
        GoldenMaxDifference);

    /// <summary>The process that runs a version, in the words of the node protocol.</summary>
    public static string Engine(EnginePlace place) => place switch
    {
        EnginePlace.OwnProcess => "own_process",
        EnginePlace.Child => "child",
    };
}
