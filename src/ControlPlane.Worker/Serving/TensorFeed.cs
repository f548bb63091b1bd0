using System.Numerics;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Fills one input tensor of the model from a batch.</summary>
internal abstract class TensorFeed(string tensor)
{
    public string Tensor { get; } = tensor;

    /// <summary>A tensor of rows [from, from + count); <paramref name="reused"/> is one that this feed made for as many rows before, or null.</summary>
    public abstract Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused);
}

/// <summary>A client's own tensor, as it came.</summary>
internal sealed class RawFeed(string tensor, int field) : TensorFeed(tensor)
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused) =>
        batch.RawInputs[field] ?? throw new InvalidOperationException($"Input {field} was not read.");
}

/// <summary>One column of text as [rows, 1] or [rows].</summary>
internal sealed class TextFeed(string tensor, int field, bool isVector) : TensorFeed(tensor)
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused)
    {
        var strings = reused as StringTensor ?? (isVector ? new StringTensor(new string[count], count) : new StringTensor(new string[count], count, 1));
        batch.Texts[field].AsSpan(from, count).CopyTo(strings.Values);
        return strings;
    }
}

/// <summary>Columns of truth values, which ONNX Runtime keeps apart from numbers.</summary>
internal sealed class FlagFeed(string tensor, int field, bool isVector) : TensorFeed(tensor)
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused)
    {
        var flags = reused as Tensor<bool> ?? (isVector ? new Tensor<bool>(new bool[count], count) : new Tensor<bool>(new bool[count], count, 1));
        var numbers = batch.Numbers[field].AsSpan(from, count);
        for (var row = 0; row < count; row++) flags.Span[row] = numbers[row] != 0;
        return flags;
    }
}

/// <summary>Columns of numbers side by side, [rows, columns]; a single one may be [rows].</summary>
internal sealed class NumberFeed<T>(string tensor, int[] fields, bool isVector) : TensorFeed(tensor) where T : unmanaged, INumberBase<T>
{
    public override Tensor Fill(PredictionBatch batch, int from, int count, Tensor? reused)
    {
        var width = fields.Length;
        var numbers = reused as Tensor<T> ?? (isVector ? new Tensor<T>(new T[count], count) : new Tensor<T>(new T[count * width], count, width));
        var into = numbers.Span;
        for (var column = 0; column < width; column++)
        {
            var values = batch.Numbers[fields[column]].AsSpan(from, count);
            // The payload check has held every value to the tensor's own range.
            for (int row = 0, at = column; row < count; row++, at += width) into[at] = T.CreateSaturating(values[row]);
        }

        return numbers;
    }
}
