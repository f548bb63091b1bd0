namespace ControlPlane.Domain.Contracts;

/// <summary>Datatypes of the Open Inference Protocol V2, and how they read ONNX's element type numbers.</summary>
public static class TensorDatatype
{
    public static IReadOnlyList<string> All { get; } =
        ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES"];

    public static bool IsKnown(string datatype) => All.Contains(datatype, StringComparer.Ordinal);

    /// <summary>Datatypes that hold a fraction and NaN, and therefore a missing number.</summary>
    public static bool IsFloating(string datatype) => datatype is "FP16" or "FP32" or "FP64";

    /// <summary>The protocol's name of an ONNX TensorProto element type; null for those that it has none for.</summary>
    public static string? OfOnnx(int elementType) => elementType switch
    {
        1 => "FP32",
        2 => "UINT8",
        3 => "INT8",
        4 => "UINT16",
        5 => "INT16",
        6 => "INT32",
        7 => "INT64",
        8 => "BYTES",
        9 => "BOOL",
        10 => "FP16",
        11 => "FP64",
        12 => "UINT32",
        13 => "UINT64",
        _ => null,
    };
}
