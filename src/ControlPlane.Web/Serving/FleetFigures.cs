using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Serving;

/// <summary>How nodes and placements look.</summary>
public static class FleetFigures
{
    /// <summary>A node reports every second or two; after this long without a word it is not called ready any more.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(5);

    /// <summary>Ready and heard from just now.</summary>
    public static bool IsReady(NodeView node, DateTimeOffset now) => node.State == NodeState.Ready && !IsSilent(node, now);

    /// <summary>"2 of 2 nodes ready"; a silent node does not count.</summary>
    public static string ReadyNodes(IReadOnlyList<NodeView> nodes, DateTimeOffset now) => $"{nodes.Count(node => IsReady(node, now))} of {Phrases.Many(nodes.Count, "node")} ready";

    public static string Tone(NodeView node, DateTimeOffset now) => node.State switch
    {
        NodeState.Lost => "fail",
        NodeState.Ready when !IsSilent(node, now) => "pass",
        _ => "hold",
    };

    public static string Text(NodeView node, DateTimeOffset now) => node.State switch
    {
        NodeState.Lost => "✕ Lost",
        NodeState.Ready => IsSilent(node, now) ? Silent(node, now) : "✓ Ready",
        NodeState.Starting => IsSilent(node, now) ? Silent(node, now) : "● Starting",
    };

    private static string Silent(NodeView node, DateTimeOffset now) => $"! Silent for {Phrases.Duration(now - node.LastReportAt)}";

    private static bool IsSilent(NodeView node, DateTimeOffset now) => now - node.LastReportAt > SilentAfter;

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

    /// <summary>The generation that the node serves; a dash when it serves none.</summary>
    public static string Generation(NodeView node, string model) => node.Generations.TryGetValue(model, out var serves) ? $"{serves}" : "–";

    /// <summary>How many generations the node is behind the newest split; zero when it has it or serves none.</summary>
    public static long Behind(NodeView node, string model, IReadOnlyDictionary<string, SplitView> splits) =>
        node.Generations.TryGetValue(model, out var serves) && splits.TryGetValue(model, out var split) ? Math.Max(0, split.Generation - serves) : 0;
}
