using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;

namespace ControlPlane.Web.Serving;

/// <summary>How nodes and placements look.</summary>
public static class FleetFigures
{
    public static string Tone(NodeState state) => state switch
    {
        NodeState.Ready => "pass",
        NodeState.Starting => "hold",
        NodeState.Lost => "fail",
    };

    public static string Text(NodeState state) => state switch
    {
        NodeState.Ready => "✓ Ready",
        NodeState.Starting => "● Starting",
        NodeState.Lost => "✕ Lost",
    };

    public static string Tone(PlacementState state) => state switch
    {
        PlacementState.Ready => "pass",
        PlacementState.Failed => "fail",
        PlacementState.Fetching or PlacementState.Loading or PlacementState.Verifying => "hold",
    };

    public static string Text(PlacementState state) => state switch
    {
        PlacementState.Ready => "✓ Ready",
        PlacementState.Failed => "✕ Failed",
        PlacementState.Fetching => "● Fetching",
        PlacementState.Loading => "● Loading",
        PlacementState.Verifying => "● Verifying",
    };

    /// <summary>Where the engine runs, in words; a dash before it is known.</summary>
    public static string Engine(string? engine) => engine switch
    {
        "own_process" => "serving process",
        "child" => "engine child",
        null => "–",
        _ => engine,
    };

    /// <summary>The generation that the node serves, with how far it is behind the newest one.</summary>
    public static string Generation(NodeView node, string model, IReadOnlyDictionary<string, SplitView> splits)
    {
        if (!node.Generations.TryGetValue(model, out var serves)) return "–";
        var behind = splits.TryGetValue(model, out var split) ? split.Generation - serves : 0;
        return behind > 0 ? $"{serves} ({behind} behind)" : $"{serves}";
    }
}
