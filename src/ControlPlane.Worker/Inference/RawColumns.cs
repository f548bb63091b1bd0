using System.Buffers;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Collects the raw tensors of a row request: each row gives one slice along the first axis.</summary>
internal sealed class RawColumns
{
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
        if (RawSlice.Measure(ref reader) is not { } lengths) return RawSlice.Irregular;
        var json = _json[field.Place] ??= new();
        json.Write(row == 0 ? "["u8 : ","u8);
        json.Write(source[start..(int)reader.BytesConsumed]);
        if (RawSlice.Fit(field.Field.Tensor!.Shape, lengths) is not { } slice) return RawSlice.WrongShape(lengths, field.Field.Tensor!.Shape);
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
}
