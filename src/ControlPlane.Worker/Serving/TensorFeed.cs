using System.Numerics;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Fills one input tensor of the model from a batch.</summary>
internal abstract class TensorFeed(string tensor)
{
    public string Tensor { get; } = tensor;

    /// <summary>A tensor of rows [from, from + count), which are prepared; <paramref name="reused"/> is one that this feed made for as many rows before, or null.</summary>
    public abstract Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused);
}

/// <summary>A client's own tensor, as it came.</summary>
internal sealed class RawFeed(string tensor, int field) : TensorFeed(tensor)
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused) =>
        batch.RawInputs[field] ?? throw new InvalidOperationException($"Input {field} was not read.");
}

/// <summary>One column of text as [rows, 1] or [rows].</summary>
internal sealed class TextFeed(string tensor, int slot, bool isVector) : TensorFeed(tensor)
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused)
    {
        var strings = reused as StringTensor ?? (isVector ? new StringTensor(new string[count], count) : new StringTensor(new string[count], count, 1));
        batch.Prepared.Texts(slot).CopyTo(strings.Values);
        return strings;
    }
}

/// <summary>Columns of truth values, which ONNX Runtime keeps apart from numbers.</summary>
internal sealed class FlagFeed(string tensor, int[] slots, bool isVector) : TensorFeed(tensor)
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused)
    {
        var width = slots.Length;
        var flags = reused as Tensor<bool> ?? (isVector ? new Tensor<bool>(new bool[count], count) : new Tensor<bool>(new bool[count * width], count, width));
        var into = flags.Span;
        for (var column = 0; column < width; column++)
        {
            var numbers = batch.Prepared.Numbers(slots[column]);
            for (int row = 0, at = column; row < numbers.Length; row++, at += width) into[at] = numbers[row] != 0;
        }

        return flags;
    }
}

/// <summary>Columns of numbers side by side, [rows, columns]; a single one may be [rows].</summary>
internal sealed class NumberFeed<T>(string tensor, int[] slots, bool isVector) : TensorFeed(tensor) where T : unmanaged, INumberBase<T>
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused)
    {
        var width = slots.Length;
        var numbers = reused as Tensor<T> ?? (isVector ? new Tensor<T>(new T[count], count) : new Tensor<T>(new T[count * width], count, width));
        batch.Prepared.Interleave(slots, numbers.Span);
        return numbers;
    }
}
