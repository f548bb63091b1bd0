namespace ControlPlane.Domain.Registry;

/// <summary>One graph as it was read.</summary>
internal sealed class GraphContent
{
    public List<GraphNode> Nodes { get; } = [];

    /// <summary>Element type of each initialiser.</summary>
    public Dictionary<string, int> Initialisers { get; } = new(StringComparer.Ordinal);

    public List<GraphPort> Inputs { get; } = [];

    public List<GraphPort> Outputs { get; } = [];
}
