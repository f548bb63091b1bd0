using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>One row's slice of a raw tensor as nested JSON lists.</summary>
public static class RawSlice
{
    public const string Irregular = "must be a regular list: lists at one level hold equally many values";
    private const int MostAxes = 16;

    public static string WrongShape(long[] lengths, IReadOnlyList<long> declared) =>
        $"has the shape [{string.Join(", ", lengths)}] per row, but the contract says [{string.Join(", ", declared)}]";

    /// <summary>The slice's shape when it fits what the contract says behind the first axis; a flat list fills fixed axes. Null when it does not fit.</summary>
    public static long[]? Fit(IReadOnlyList<long> declared, long[] lengths)
    {
        if (declared.Count == 0) return lengths;
        var inner = declared.Skip(1).ToArray();
        if (inner.Length == lengths.Length && inner.Zip(lengths).All(pair => pair.First < 0 || pair.First == pair.Second)) return lengths;
        return lengths is [var flat] && inner.All(axis => axis >= 0) && inner.Aggregate(1L, (product, axis) => product * axis) == flat ? inner : null;
    }

    /// <summary>Walks one value to its end and gives the lengths of its nested lists; null when they are ragged.</summary>
    public static long[]? Measure(ref Utf8JsonReader reader)
    {
        var lengths = new List<long>();
        var counts = new long[MostAxes];
        var (depth, axes, isRagged) = (0, -1, false);
        do
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                depth--;
                isRagged |= lengths[depth] >= 0 && lengths[depth] != counts[depth];
                lengths[depth] = counts[depth];
                continue;
            }

            if (depth > 0) counts[depth - 1]++;
            if (reader.TokenType == JsonTokenType.StartArray && depth < MostAxes)
            {
                if (lengths.Count == depth) lengths.Add(-1);
                counts[depth++] = 0;
                continue;
            }

            isRagged |= reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || (axes >= 0 && axes != depth);
            axes = depth;
            reader.Skip();
        }
        while (depth > 0 && reader.Read());

        return isRagged || (axes >= 0 && axes != lengths.Count) ? null : [.. lengths];
    }

    /// <summary>Whether the reader's token is an element of the datatype; null among floating numbers is NaN.</summary>
    public static bool IsElement(ref Utf8JsonReader reader, string datatype) => (datatype, reader.TokenType) switch
    {
        ("FP16" or "FP32" or "FP64", JsonTokenType.Null) => true,
        ("BOOL", JsonTokenType.True or JsonTokenType.False) => true,
        ("BYTES", JsonTokenType.String) => true,
        ("FP16", JsonTokenType.Number) => reader.TryGetSingle(out var value) && Half.IsFinite((Half)value),
        ("FP32", JsonTokenType.Number) => reader.TryGetSingle(out var value) && float.IsFinite(value),
        ("FP64", JsonTokenType.Number) => reader.TryGetDouble(out var value) && double.IsFinite(value),
        ("INT64", JsonTokenType.Number) => reader.TryGetInt64(out _),
        ("INT32", JsonTokenType.Number) => reader.TryGetInt32(out _),
        ("INT16", JsonTokenType.Number) => reader.TryGetInt16(out _),
        ("INT8", JsonTokenType.Number) => reader.TryGetSByte(out _),
        ("UINT64", JsonTokenType.Number) => reader.TryGetUInt64(out _),
        ("UINT32", JsonTokenType.Number) => reader.TryGetUInt32(out _),
        ("UINT16", JsonTokenType.Number) => reader.TryGetUInt16(out _),
        ("UINT8", JsonTokenType.Number) => reader.TryGetByte(out _),
        _ => false,
    };
}
