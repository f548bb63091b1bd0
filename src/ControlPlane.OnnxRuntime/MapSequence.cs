namespace ControlPlane.OnnxRuntime;

/// <summary>
/// A sequence of maps (what ZipMap gives: one map per row) as a float matrix [rows, keys] with the keys of its columns.
/// No rows leave no keys: then both are empty.
/// </summary>
public sealed class MapSequence : Tensor<float>
{
    internal MapSequence(Tensor keys, float[] values, long rows)
        : base(values, rows, keys.Length) => Keys = keys;

    /// <summary>The keys of the columns: a <see cref="StringTensor"/> or a <see cref="Tensor{T}"/> of int64 with one axis.</summary>
    public Tensor Keys { get; }
}
