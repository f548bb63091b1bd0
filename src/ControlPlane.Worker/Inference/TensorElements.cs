using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Reads the elements of one tensor, from JSON (nested or flat) or from little-endian bytes.</summary>
internal static class TensorElements
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private delegate bool TryRead<T>(ref Utf8JsonReader reader, out T value);

    /// <summary>The element type of a datatype of the protocol; Undefined for an unknown one.</summary>
    public static ElementType TypeOf(string datatype) => datatype switch
    {
        "BOOL" => ElementType.Bool,
        "UINT8" => ElementType.UInt8,
        "UINT16" => ElementType.UInt16,
        "UINT32" => ElementType.UInt32,
        "UINT64" => ElementType.UInt64,
        "INT8" => ElementType.Int8,
        "INT16" => ElementType.Int16,
        "INT32" => ElementType.Int32,
        "INT64" => ElementType.Int64,
        "FP16" => ElementType.Float16,
        "FP32" => ElementType.Float32,
        "FP64" => ElementType.Float64,
        "BYTES" => ElementType.String,
        _ => ElementType.Undefined,
    };

    public static string DatatypeOf(ElementType type) => TensorDatatype.OfOnnx((int)type) ?? type.ToString();

    /// <summary>A tensor out of a JSON array. <c>null</c> among floating numbers is NaN; among texts it stays null for the caller to judge.</summary>
    public static Tensor FromJson(ElementType type, long[] shape, ReadOnlySpan<byte> json, string path) => type switch
    {
        ElementType.Float32 => Read<float>(shape, json, path, type, TryReadSingle),
        ElementType.Float64 => Read<double>(shape, json, path, type, TryReadDouble),
        ElementType.Float16 => Read<Half>(shape, json, path, type, TryReadHalf),
        ElementType.Bool => Read<bool>(shape, json, path, type, TryReadFlag),
        ElementType.Int64 => Read<long>(shape, json, path, type, static (ref Utf8JsonReader reader, out long value) => reader.TryGetInt64(out value)),
        ElementType.Int32 => Read<int>(shape, json, path, type, static (ref Utf8JsonReader reader, out int value) => reader.TryGetInt32(out value)),
        ElementType.Int16 => Read<short>(shape, json, path, type, static (ref Utf8JsonReader reader, out short value) => reader.TryGetInt16(out value)),
        ElementType.Int8 => Read<sbyte>(shape, json, path, type, static (ref Utf8JsonReader reader, out sbyte value) => reader.TryGetSByte(out value)),
        ElementType.UInt64 => Read<ulong>(shape, json, path, type, static (ref Utf8JsonReader reader, out ulong value) => reader.TryGetUInt64(out value)),
        ElementType.UInt32 => Read<uint>(shape, json, path, type, static (ref Utf8JsonReader reader, out uint value) => reader.TryGetUInt32(out value)),
        ElementType.UInt16 => Read<ushort>(shape, json, path, type, static (ref Utf8JsonReader reader, out ushort value) => reader.TryGetUInt16(out value)),
        ElementType.UInt8 => Read<byte>(shape, json, path, type, static (ref Utf8JsonReader reader, out byte value) => reader.TryGetByte(out value)),
        _ => new StringTensor(ReadAll<string>(shape, json, path, type, TryReadText), shape),
    };

    /// <summary>A tensor out of bytes, whose length must be exactly that of its shape.</summary>
    public static Tensor FromBytes(ElementType type, long[] shape, ReadOnlySpan<byte> bytes, string path) => type switch
    {
        ElementType.Float32 => Copy<float>(shape, bytes, path),
        ElementType.Float64 => Copy<double>(shape, bytes, path),
        ElementType.Float16 => Copy<Half>(shape, bytes, path),
        ElementType.Int64 => Copy<long>(shape, bytes, path),
        ElementType.Int32 => Copy<int>(shape, bytes, path),
        ElementType.Int16 => Copy<short>(shape, bytes, path),
        ElementType.Int8 => Copy<sbyte>(shape, bytes, path),
        ElementType.UInt64 => Copy<ulong>(shape, bytes, path),
        ElementType.UInt32 => Copy<uint>(shape, bytes, path),
        ElementType.UInt16 => Copy<ushort>(shape, bytes, path),
        ElementType.UInt8 => Copy<byte>(shape, bytes, path),
        ElementType.Bool => CopyFlags(shape, bytes, path),
        _ => CopyTexts(shape, bytes, path),
    };

    /// <summary>Elements of a shape; refuses more than <paramref name="most"/>, which what was sent can hold.</summary>
    public static int Count(long[] shape, long most, string path)
    {
        long count = 1;
        foreach (var axis in shape)
        {
            if (axis == 0) return 0;
            if (axis < 0 || (count *= axis) > most)
                throw PredictionException.Payload($"{path}.shape", $"[{string.Join(", ", shape)}] does not fit the data that was sent", BrokenRule.Shape);
        }

        return (int)count;
    }

    private static Tensor<T> Read<T>(long[] shape, ReadOnlySpan<byte> json, string path, ElementType type, TryRead<T> read) where T : unmanaged =>
        new(ReadAll(shape, json, path, type, read), shape);

    private static T[] ReadAll<T>(long[] shape, ReadOnlySpan<byte> json, string path, ElementType type, TryRead<T> read)
    {
        var elements = new T[Count(shape, json.Length, path)];
        var reader = new Utf8JsonReader(json);
        var found = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
            if (reader.TokenType is JsonTokenType.StartObject || !IsNumberWhereNeeded<T>(reader.TokenType) || !read(ref reader, out var element))
                throw WrongElement(FoundValue.Of(ref reader), type, $"{path}[{found}]");
            if (found < elements.Length) elements[found] = element;
            found++;
        }

        return found == elements.Length
            ? elements
            : throw PredictionException.Payload(path, $"has {found} values, but shape [{string.Join(", ", shape)}] needs {elements.Length}", BrokenRule.Shape);
    }

    private static PredictionException WrongElement(FoundValue found, ElementType type, string path) =>
        PredictionException.Payload(path, $"must be {DatatypeOf(type)} (is {found.Text})", BrokenRule.Type, found.Json);

    // The reader's TryGet methods throw on a token that is no number.
    private static bool IsNumberWhereNeeded<T>(JsonTokenType token) =>
        token == JsonTokenType.Number || typeof(T) == typeof(bool) || typeof(T) == typeof(string)
        || (token == JsonTokenType.Null && (typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half)));

    private static bool TryReadSingle(ref Utf8JsonReader reader, out float value)
    {
        value = float.NaN;
        return reader.TokenType == JsonTokenType.Null || (reader.TryGetSingle(out value) && float.IsFinite(value));
    }

    private static bool TryReadDouble(ref Utf8JsonReader reader, out double value)
    {
        value = double.NaN;
        return reader.TokenType == JsonTokenType.Null || (reader.TryGetDouble(out value) && double.IsFinite(value));
    }

    private static bool TryReadHalf(ref Utf8JsonReader reader, out Half value)
    {
        var isRead = TryReadSingle(ref reader, out var single);
        value = (Half)single;
        return isRead && (float.IsNaN(single) || Half.IsFinite(value));
    }

    private static bool TryReadFlag(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return value || reader.TokenType == JsonTokenType.False;
    }

    private static bool TryReadText(ref Utf8JsonReader reader, out string value)
    {
        value = null!;
        if (reader.TokenType == JsonTokenType.String) value = reader.GetString()!;
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    private static Tensor<T> Copy<T>(long[] shape, ReadOnlySpan<byte> bytes, string path) where T : unmanaged
    {
        var elements = new T[CountExactly(shape, bytes.Length, Marshal.SizeOf<T>(), path)];
        MemoryMarshal.Cast<byte, T>(bytes).CopyTo(elements);
        return new(elements, shape);
    }

    private static Tensor<bool> CopyFlags(long[] shape, ReadOnlySpan<byte> bytes, string path)
    {
        var elements = new bool[CountExactly(shape, bytes.Length, 1, path)];
        for (var i = 0; i < elements.Length; i++) elements[i] = bytes[i] != 0;
        return new(elements, shape);
    }

    private static StringTensor CopyTexts(long[] shape, ReadOnlySpan<byte> bytes, string path)
    {
        var elements = new string[Count(shape, bytes.Length / sizeof(int), path)];
        for (var i = 0; i < elements.Length; i++)
        {
            var length = bytes.Length >= sizeof(int) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : uint.MaxValue;
            if (length > bytes.Length - sizeof(int)) throw PredictionException.Payload($"{path}[{i}]", "reaches beyond the tensor's binary data");
            try
            {
                elements[i] = Utf8.GetString(bytes.Slice(sizeof(int), (int)length));
            }
            catch (DecoderFallbackException)
            {
                throw PredictionException.Payload($"{path}[{i}]", "is not valid UTF-8");
            }

            bytes = bytes[(sizeof(int) + (int)length)..];
        }

        return bytes.IsEmpty ? new(elements, shape) : throw PredictionException.Payload(path, $"has {bytes.Length} bytes more than shape [{string.Join(", ", shape)}] needs");
    }

    private static int CountExactly(long[] shape, int bytes, int elementBytes, string path)
    {
        var count = Count(shape, bytes / elementBytes, path);
        return (long)count * elementBytes == bytes
            ? count
            : throw PredictionException.Payload(path, $"has {bytes} bytes of binary data, but shape [{string.Join(", ", shape)}] needs {(long)count * elementBytes}", BrokenRule.Shape);
    }
}
