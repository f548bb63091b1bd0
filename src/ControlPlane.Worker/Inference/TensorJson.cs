using System.Text.Json;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes the elements of a tensor as JSON.</summary>
internal static class TensorJson
{
    /// <summary>All elements, flat, row-major.</summary>
    public static void WriteFlat(Utf8JsonWriter json, Tensor tensor)
    {
        json.WriteStartArray();
        for (var i = 0; i < tensor.Length; i++) WriteElement(json, tensor, i);
        json.WriteEndArray();
    }

    /// <summary>The elements from <paramref name="start"/> on as lists nested by <paramref name="shape"/>; a bare value for no axes. Gives the element after the last.</summary>
    public static int WriteNested(Utf8JsonWriter json, Tensor tensor, ReadOnlySpan<long> shape, int start)
    {
        if (shape.IsEmpty)
        {
            WriteElement(json, tensor, start);
            return start + 1;
        }

        json.WriteStartArray();
        for (long i = 0; i < shape[0]; i++) start = WriteNested(json, tensor, shape[1..], start);
        json.WriteEndArray();
        return start;
    }

    private static void WriteElement(Utf8JsonWriter json, Tensor tensor, int i)
    {
        switch (tensor)
        {
            case Tensor<float> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<double> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<Half> numbers: json.WriteNumberValue((float)numbers.Span[i]); break;
            case Tensor<bool> flags: json.WriteBooleanValue(flags.Span[i]); break;
            case Tensor<long> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<int> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<short> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<sbyte> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<ulong> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<uint> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<ushort> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case Tensor<byte> numbers: json.WriteNumberValue(numbers.Span[i]); break;
            case StringTensor texts: json.WriteStringValue(texts.Values[i]); break;
            default: throw new InvalidOperationException($"A tensor of {tensor.ElementType} has no JSON form.");
        }
    }
}
