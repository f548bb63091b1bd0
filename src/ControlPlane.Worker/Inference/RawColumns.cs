using System.Buffers;
using System.Text.Json;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Collects the raw tensors of a row request: each row gives one slice along the first axis.</summary>
internal sealed class RawColumns
{
    private const int MostAxes = 16;
    private readonly ServingPlan _plan;
    private readonly ArrayBufferWriter<byte>?[] _json;
    private readonly long[]?[] _slices;

    private RawColumns(ServingPlan plan)
    {
        _plan = plan;
        _json = new ArrayBufferWriter<byte>?[plan.Fields.Length];
        _slices = new long[]?[plan.Fields.Length];
    }

    /// <summary>Null for a contract without raw inputs.</summary>
    public static RawColumns? For(ServingPlan plan) => Array.Exists(plan.Fields, field => field.IsRaw) ? new(plan) : null;

    /// <summary>Takes one row's value; null, or the sentence about what is wrong.</summary>
    public string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, FieldPlan field, int row)
    {
        var start = (int)reader.TokenStartIndex;
        if (Measure(ref reader) is not { } lengths) return "must be a regular list: lists at one level hold equally many values";
        var json = _json[field.Place] ??= new();
        json.Write(row == 0 ? "["u8 : ","u8);
        json.Write(source[start..(int)reader.BytesConsumed]);
        if (Slice(field.Field.Tensor!.Shape, lengths) is not { } slice)
            return $"has the shape [{string.Join(", ", lengths)}] per row, but the contract says [{string.Join(", ", field.Field.Tensor!.Shape)}]";
        if (_slices[field.Place] is { } before && !before.SequenceEqual(slice)) return "has another shape than the row before";
        _slices[field.Place] = slice;
        return null;
    }

    public void ToTensors(PredictionBatch batch)
    {
        foreach (var field in _plan.Fields.Where(field => field.IsRaw))
        {
            var json = _json[field.Place]!;
            json.Write("]"u8);
            var shape = field.Field.Tensor!.Shape;
            if (shape is [>= 0 and var rows, ..] && rows != batch.Rows)
                throw PredictionException.Payload("instances", $"must be {rows}, as {field.Field.Name} has the shape [{string.Join(", ", shape)}] (are {batch.Rows})");
            if (shape.Count == 0 && batch.Rows != 1) throw PredictionException.Payload("instances", $"must be one, as {field.Field.Name} is no list of rows");
            long[] whole = shape.Count == 0 ? _slices[field.Place]! : [batch.Rows, .. _slices[field.Place]!];
            batch.RawInputs[field.Place] = TensorElements.FromJson(TensorElements.TypeOf(field.Field.Tensor!.Datatype), whole, json.WrittenSpan, $"instances.{field.Field.Name}");
        }
    }

    /// <summary>The slice's shape when it fits what the contract says behind the first axis; a flat list fills fixed axes.</summary>
    private static long[]? Slice(IReadOnlyList<long> declared, long[] lengths)
    {
        if (declared.Count == 0) return lengths;
        var inner = declared.Skip(1).ToArray();
        if (inner.Length == lengths.Length && inner.Zip(lengths).All(pair => pair.First < 0 || pair.First == pair.Second)) return lengths;
        return lengths is [var flat] && inner.All(axis => axis >= 0) && inner.Aggregate(1L, (product, axis) => product * axis) == flat ? inner : null;
    }

    /// <summary>Walks one value and gives the lengths of its nested lists; null when they are ragged.</summary>
    private static long[]? Measure(ref Utf8JsonReader reader)
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
}
