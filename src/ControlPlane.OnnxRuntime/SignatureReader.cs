using System.Runtime.InteropServices;

namespace ControlPlane.OnnxRuntime;

/// <summary>Reads what a session declares of its inputs and outputs.</summary>
internal static unsafe class SignatureReader
{
    public static TensorSignature[] ReadInputs(nint session) =>
        ReadAll(session, OrtApi.SessionGetInputCount, OrtApi.SessionGetInputName, OrtApi.SessionGetInputTypeInfo);

    public static TensorSignature[] ReadOutputs(nint session) =>
        ReadAll(session, OrtApi.SessionGetOutputCount, OrtApi.SessionGetOutputName, OrtApi.SessionGetOutputTypeInfo);

    public static (ElementType Type, long[] Shape) ReadTypeAndShape(nint info)
    {
        int type;
        nuint rank;
        OrtStatus.Check(OrtApi.GetTensorElementType(info, &type));
        OrtStatus.Check(OrtApi.GetDimensionsCount(info, &rank));
        var shape = new long[rank];
        fixed (long* axes = shape)
            OrtStatus.Check(OrtApi.GetDimensions(info, axes, rank));
        return ((ElementType)type, shape);
    }

    /// <summary>A text that the library allocated, as a string; the native one is set free.</summary>
    public static string TakeText(byte* text)
    {
        var result = Marshal.PtrToStringUTF8((nint)text) ?? "";
        OrtStatus.Check(OrtApi.AllocatorFree(OrtEnvironment.Allocator, text));
        return result;
    }

    private static TensorSignature[] ReadAll(
        nint session,
        delegate* unmanaged<nint, nuint*, nint> getCount,
        delegate* unmanaged<nint, nuint, nint, byte**, nint> getName,
        delegate* unmanaged<nint, nuint, nint*, nint> getType)
    {
        nuint count;
        OrtStatus.Check(getCount(session, &count));
        var signatures = new TensorSignature[count];
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            nint type;
            OrtStatus.Check(getName(session, i, OrtEnvironment.Allocator, &name));
            var text = TakeText(name);
            OrtStatus.Check(getType(session, i, &type));
            signatures[i] = TakeSignature(text, type);
        }
        return signatures;
    }

    private static TensorSignature TakeSignature(string name, nint type)
    {
        try
        {
            return Kind(type) switch
            {
                ValueKind.Tensor => ReadTensor(name, type, ValueKind.Tensor),
                ValueKind.Sequence => ReadSequence(name, type),
                var other => new TensorSignature(name, ElementType.Undefined, [], [], other),
            };
        }
        finally
        {
            OrtApi.ReleaseTypeInfo(type);
        }
    }

    private static ValueKind Kind(nint type)
    {
        int kind;
        OrtStatus.Check(OrtApi.GetOnnxTypeFromTypeInfo(type, &kind));
        return kind switch
        {
            1 => ValueKind.Tensor,
            2 => ValueKind.Sequence,
            3 => ValueKind.Map,
            5 => ValueKind.SparseTensor,
            6 => ValueKind.Optional,
            _ => ValueKind.Opaque,
        };
    }

    private static TensorSignature ReadTensor(string name, nint type, ValueKind kind)
    {
        nint info; // belongs to the type, not to us
        OrtStatus.Check(OrtApi.CastTypeInfoToTensorInfo(type, &info));
        var (elementType, shape) = ReadTypeAndShape(info);
        var names = new byte*[shape.Length];
        fixed (byte** first = names)
            OrtStatus.Check(OrtApi.GetSymbolicDimensions(info, first, (nuint)shape.Length));
        var dimensionNames = new string?[shape.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            var text = Marshal.PtrToStringUTF8((nint)names[i]);
            dimensionNames[i] = string.IsNullOrEmpty(text) ? null : text;
        }
        return new TensorSignature(name, elementType, shape, dimensionNames, kind);
    }

    private static TensorSignature ReadSequence(string name, nint type)
    {
        nint sequence, element;
        OrtStatus.Check(OrtApi.CastTypeInfoToSequenceTypeInfo(type, &sequence));
        OrtStatus.Check(OrtApi.GetSequenceElementType(sequence, &element));
        try
        {
            return Kind(element) == ValueKind.Map && ReadMap(name, element) is { } maps
                ? maps
                : new TensorSignature(name, ElementType.Undefined, [], [], ValueKind.Sequence);
        }
        finally
        {
            OrtApi.ReleaseTypeInfo(element);
        }
    }

    private static TensorSignature? ReadMap(string name, nint type)
    {
        nint map, element;
        int keyType;
        OrtStatus.Check(OrtApi.CastTypeInfoToMapTypeInfo(type, &map));
        OrtStatus.Check(OrtApi.GetMapKeyType(map, &keyType));
        OrtStatus.Check(OrtApi.GetMapValueType(map, &element));
        try
        {
            if (Kind(element) != ValueKind.Tensor || (ElementType)keyType is not (ElementType.String or ElementType.Int64))
                return null;
            var values = ReadTensor(name, element, ValueKind.MapSequence);
            return values.Type == ElementType.Float32
                ? values with { Shape = [-1, -1], DimensionNames = [null, null], KeyType = (ElementType)keyType }
                : null;
        }
        finally
        {
            OrtApi.ReleaseTypeInfo(element);
        }
    }
}
