namespace ControlPlane.OnnxRuntime;

/// <summary>What sort of value an input or output is. Only tensors and map sequences can be run; the others are refused by name.</summary>
public enum ValueKind
{
    Tensor,

    /// <summary>A sequence of maps from string or int64 to float, as ZipMap writes it: one map per row.</summary>
    MapSequence,
    Sequence,
    Map,
    Opaque,
    SparseTensor,
    Optional,
}
