namespace ControlPlane.OnnxRuntime;

/// <summary>
/// One input or output as the model declares it. A free axis is -1 in <paramref name="Shape"/>; a named free axis has its name in
/// <paramref name="DimensionNames"/> at the same place. An empty shape is a scalar or a rank the model does not state: the library gives both alike.
/// </summary>
public sealed record TensorSignature(
    string Name, ElementType Type, IReadOnlyList<long> Shape, IReadOnlyList<string?> DimensionNames, ValueKind Kind)
{
    /// <summary>The type of the keys of a map sequence; null for every other kind.</summary>
    public ElementType? KeyType { get; init; }

    /// <summary>Whether a value of this signature can be given to or taken from a run.</summary>
    public bool IsRunnable => Kind == ValueKind.MapSequence || (Kind == ValueKind.Tensor && Tensor.Supports(Type));
}
