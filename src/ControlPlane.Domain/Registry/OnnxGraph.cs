using System.Diagnostics.CodeAnalysis;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>What the pre-scan found in a model's file, without opening it in any runtime.</summary>
/// <param name="Opsets">Imported operator sets: domain → version; the default domain is "ai.onnx".</param>
/// <param name="Operators">Operators with counts, those of subgraphs too; outside the default domain as <c>domain.Name</c>.</param>
/// <param name="Domains">Domains of the operators that are used.</param>
/// <param name="ExternalData">Places outside the file that tensors point to.</param>
/// <param name="Functions">Model-local functions.</param>
/// <param name="Hazards">What a runtime is known to have died of, one sentence each.</param>
public sealed record OnnxGraph(
    long IrVersion,
    IReadOnlyDictionary<string, long> Opsets,
    IReadOnlyDictionary<string, int> Operators,
    IReadOnlyList<string> Domains,
    int Nodes,
    IReadOnlyList<string> ExternalData,
    IReadOnlyList<string> Functions,
    IReadOnlyList<string> Hazards,
    IReadOnlyList<GraphPort> Inputs,
    IReadOnlyList<GraphPort> Outputs);

/// <summary>What kind of value goes in or out of a graph.</summary>
public enum PortKind
{
    Tensor,

    /// <summary>A list of maps from label to number, one map per row: what scikit-learn's ZipMap writes.</summary>
    MapSequence,

    /// <summary>Any other sequence, a map, an optional or a sparse tensor: cannot be served.</summary>
    Other,
}

/// <summary>One input or output of a graph. <paramref name="ElementType"/> is ONNX's number; <paramref name="Shape"/> has -1 for a free axis and is null when the file does not give the rank.</summary>
public sealed record GraphPort(string Name, PortKind Kind, int ElementType, IReadOnlyList<long>? Shape);

/// <summary>What came of a pre-scan: the graph, or why the bytes are none.</summary>
public sealed record OnnxGraphReading(OnnxGraph? Graph, IReadOnlyList<Problem> Problems)
{
    [MemberNotNullWhen(true, nameof(Graph))]
    public bool IsRead => Graph is not null;
}
