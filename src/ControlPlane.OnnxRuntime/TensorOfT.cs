using System.Buffers;

namespace ControlPlane.OnnxRuntime;

/// <summary>A tensor of numbers or booleans over memory of the caller: a run reads from it, or writes into it, without copying.</summary>
public class Tensor<T> : Tensor where T : unmanaged
{
    private static readonly ElementType TypeOfT = FindElementType();

    /// <summary>The number of elements of <paramref name="data"/> must be the product of <paramref name="shape"/>.</summary>
    public Tensor(Memory<T> data, params ReadOnlySpan<long> shape)
        : base(TypeOfT, shape, data.Length)
    {
        if (TypeOfT == ElementType.Undefined)
            throw new NotSupportedException($"ONNX Runtime has no tensors of {typeof(T).Name}.");
        Memory = data;
    }

    public Memory<T> Memory { get; }

    public Span<T> Span => Memory.Span;

    internal override unsafe nint Open(ref MemoryHandle pin)
    {
        pin = Memory.Pin();
        nint value;
        // The library refuses an empty tensor over the null address; it never looks behind the address of an empty one.
        var data = pin.Pointer == null ? &value : pin.Pointer;
        fixed (long* shape = Shape)
        {
            OrtStatus.Check(OrtApi.CreateTensorWithDataAsOrtValue(
                OrtEnvironment.MemoryInfo, data, (nuint)((long)Length * sizeof(T)), shape, (nuint)Shape.Length, (int)ElementType, &value));
        }
        return value;
    }

    internal override unsafe void CopyFrom(nint value)
    {
        void* data;
        OrtStatus.Check(OrtApi.GetTensorMutableData(value, &data));
        new ReadOnlySpan<T>(data, Length).CopyTo(Span);
    }

    private static ElementType FindElementType() => default(T) switch
    {
        float => ElementType.Float32,
        double => ElementType.Float64,
        Half => ElementType.Float16,
        bool => ElementType.Bool,
        byte => ElementType.UInt8,
        ushort => ElementType.UInt16,
        uint => ElementType.UInt32,
        ulong => ElementType.UInt64,
        sbyte => ElementType.Int8,
        short => ElementType.Int16,
        int => ElementType.Int32,
        long => ElementType.Int64,
        _ => ElementType.Undefined,
    };
}
