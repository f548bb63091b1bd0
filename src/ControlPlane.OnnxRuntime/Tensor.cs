using System.Buffers;

namespace ControlPlane.OnnxRuntime;

/// <summary>A dense, row-major tensor in managed memory. Its shape is fixed; an empty shape is a scalar.</summary>
public abstract class Tensor
{
    private protected Tensor(ElementType elementType, ReadOnlySpan<long> shape, int length)
    {
        var elements = CountElements(shape);
        if (elements != length)
            throw new ArgumentException($"The shape [{string.Join(", ", shape.ToArray())}] has {elements} elements, the data has {length}.", nameof(shape));
        ElementType = elementType;
        Shape = shape.ToArray();
        Length = length;
    }

    public ElementType ElementType { get; }

    /// <summary>The size of each axis; belongs to the tensor and is not to be written to.</summary>
    public long[] Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether tensors of this element type can be made and run.</summary>
    public static bool Supports(ElementType type) => type is >= ElementType.Float32 and <= ElementType.UInt64;

    /// <summary>A tensor of zeros, falses or empty strings, for example to have a run write into it.</summary>
    public static Tensor Create(ElementType type, params ReadOnlySpan<long> shape) => type switch
    {
        ElementType.Float32 => Zeros<float>(shape),
        ElementType.Float64 => Zeros<double>(shape),
        ElementType.Float16 => Zeros<Half>(shape),
        ElementType.Bool => Zeros<bool>(shape),
        ElementType.UInt8 => Zeros<byte>(shape),
        ElementType.UInt16 => Zeros<ushort>(shape),
        ElementType.UInt32 => Zeros<uint>(shape),
        ElementType.UInt64 => Zeros<ulong>(shape),
        ElementType.Int8 => Zeros<sbyte>(shape),
        ElementType.Int16 => Zeros<short>(shape),
        ElementType.Int32 => Zeros<int>(shape),
        ElementType.Int64 => Zeros<long>(shape),
        ElementType.String => new StringTensor(EmptyStrings(CountElements(shape)), shape),
        _ => throw new ArgumentException($"Tensors of {type} are not supported.", nameof(type)),
    };

    /// <summary>The number of elements of a shape; an axis below zero or more elements than an array can hold are refused.</summary>
    internal static int CountElements(ReadOnlySpan<long> shape)
    {
        UInt128 elements = 1;
        foreach (var axis in shape)
        {
            if (axis < 0)
                throw new ArgumentException($"An axis of a tensor cannot be {axis} long.", nameof(shape));
            elements *= (ulong)axis;
            // Checked at each step against a bound that the next multiplication cannot carry past 128 bits.
            if (elements > ulong.MaxValue)
                throw TooLarge();
        }
        return elements <= (ulong)Array.MaxLength ? (int)elements : throw TooLarge();
    }

    /// <summary>Makes a native value of this tensor; memory that the value looks into is pinned by <paramref name="pin"/> until its dispose.</summary>
    internal abstract nint Open(ref MemoryHandle pin);

    /// <summary>Like <see cref="Open"/>, for a value that a run writes to: what this tensor holds does not matter.</summary>
    internal virtual nint OpenAsTarget(ref MemoryHandle pin) => Open(ref pin);

    /// <summary>Copies a native tensor of the same type and length into this one.</summary>
    internal abstract void CopyFrom(nint value);

    private static Tensor<T> Zeros<T>(ReadOnlySpan<long> shape) where T : unmanaged => new(new T[CountElements(shape)], shape);

    private static string[] EmptyStrings(int count)
    {
        var strings = new string[count];
        Array.Fill(strings, "");
        return strings;
    }

    private static ArgumentException TooLarge() => new("A tensor cannot have more elements than an array can hold.", "shape");
}
