namespace ControlPlane.Domain.Registry;

/// <summary>One operator as the scan keeps it until the graph's end, where its types can be told.</summary>
internal sealed class GraphNode
{
    public string Operator { get; set; } = "";

    public string Domain { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    /// <summary>Element type that an attribute names: Cast's <c>to</c>, the tensor of a Constant; 0 when none does.</summary>
    public int NamedType { get; set; }

    /// <summary>Lists of whole numbers by attribute; kept for tree ensembles alone.</summary>
    public Dictionary<string, List<long>> Lists { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AttributeNames { get; } = new(StringComparer.Ordinal);

    public List<string> OddAttributes { get; } = [];

    public bool IsDefaultDomain => Domain is "" or "ai.onnx";

    public string QualifiedName => IsDefaultDomain ? Operator : $"{Domain}.{Operator}";

    public bool IsTreeEnsemble => Operator is "TreeEnsembleClassifier" or "TreeEnsembleRegressor";
}
