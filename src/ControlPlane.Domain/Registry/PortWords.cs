using System.Globalization;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>A graph's inputs and outputs as a contract and its sentences see them.</summary>
internal static class PortWords
{
    /// <summary>The protocol's name; a list of maps comes out as a matrix of FP32. Null when it has none.</summary>
    public static string? Datatype(this GraphPort port) => port.Kind switch
    {
        PortKind.Tensor => TensorDatatype.OfOnnx(port.ElementType),
        PortKind.MapSequence => "FP32",
        PortKind.Other => null,
    };

    /// <summary>The shape; empty when the file does not tell the rank, and for a scalar, which a runtime gives alike.</summary>
    public static IReadOnlyList<long> Axes(this GraphPort port) => port.Shape ?? [];

    public static bool IsText(this GraphPort port) => port.Datatype() == "BYTES";

    public static bool IsWhole(this GraphPort port) => port.Datatype() is { } datatype && datatype != "BYTES" && !TensorDatatype.IsFloating(datatype);

    /// <summary>Values per row; null where only a run tells.</summary>
    public static long? Width(this GraphPort port) =>
        port.Kind == PortKind.Tensor && port.Axes().Count > 0 && port.Axes().Skip(1).All(axis => axis >= 0)
            ? port.Axes().Skip(1).Aggregate(1L, (product, axis) => product * axis)
            : null;

    /// <summary>Whether a declared shape and the port's can be the same.</summary>
    public static bool Fits(this GraphPort port, IReadOnlyList<long> declared) => Agree(declared, port.Axes());

    private static bool Agree(IReadOnlyList<long> one, IReadOnlyList<long> other) =>
        one.Count == 0 || other.Count == 0 || (one.Count == other.Count && one.Zip(other).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second));

    public static string Describe(this GraphPort port) =>
        string.Create(CultureInfo.InvariantCulture, $"{port.Name} ({port.Datatype() ?? TypeInWords(port)} [{string.Join(", ", port.Axes())}])");

    private static string TypeInWords(GraphPort port) => (port.Kind, port.ElementType) switch
    {
        (PortKind.Tensor, 14) => "COMPLEX64",
        (PortKind.Tensor, 15) => "COMPLEX128",
        (PortKind.Tensor, 16) => "BFLOAT16",
        (PortKind.Tensor, >= 17 and <= 20) => "FLOAT8",
        (PortKind.Tensor, 21) => "UINT4",
        (PortKind.Tensor, 22) => "INT4",
        (PortKind.Tensor, 23) => "FLOAT4",
        (PortKind.Tensor, var other) => $"ONNX type {other}",
        _ => "no tensor",
    };
}
