using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes the elements of a tensor as the protocol's binary data: little-endian, row-major, texts with their length before them.</summary>
internal static class TensorBytes
{
    public static long Size(Tensor tensor) => tensor switch
    {
        StringTensor texts => texts.Values.Sum(text => sizeof(int) + (long)Encoding.UTF8.GetByteCount(text)),
        _ => (long)tensor.Length * ElementBytes(tensor.ElementType),
    };

    public static void Write(Tensor tensor, IBufferWriter<byte> into)
    {
        switch (tensor)
        {
            case Tensor<float> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<double> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<Half> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<bool> flags: into.Write(MemoryMarshal.AsBytes(flags.Span)); break;
            case Tensor<long> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<int> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<short> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<sbyte> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<ulong> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<uint> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<ushort> numbers: into.Write(MemoryMarshal.AsBytes(numbers.Span)); break;
            case Tensor<byte> numbers: into.Write(numbers.Span); break;
            case StringTensor texts:
                foreach (var text in texts.Values) WriteText(text, into);
                break;
            default: throw new InvalidOperationException($"A tensor of {tensor.ElementType} has no binary form.");
        }
    }

    private static void WriteText(string text, IBufferWriter<byte> into)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var span = into.GetSpan(sizeof(int) + length);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        Encoding.UTF8.GetBytes(text, span[sizeof(int)..]);
        into.Advance(sizeof(int) + length);
    }

    private static int ElementBytes(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.Int16 or ElementType.UInt16 => 2,
        _ => 1,
    };
}
