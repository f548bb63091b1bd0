using System.Buffers;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes the answer to a row request: one object per row.</summary>
internal static class RowAnswer
{
    public static void Write(Utf8JsonWriter json, LoadedVersion version, PredictionBatch batch, string? id, string predictionId)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id ?? predictionId);
        json.WriteString("model_name"u8, version.Model);
        json.WriteString("model_version"u8, version.VersionText);
        json.WriteString("response_version"u8, version.Contract.ResponseVersion);
        json.WriteStartArray("predictions"u8);
        for (var row = 0; row < batch.Rows; row++)
        {
            json.WriteStartObject();
            json.WriteString("prediction_id"u8, $"{predictionId}-{row}");
            WriteOutputs(json, version.Plan, batch, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One row's outputs as an object of their own.</summary>
    public static ReadOnlyMemory<byte> WriteOutputs(ServingPlan plan, PredictionBatch batch, int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteOutputs(json, plan, batch, row);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteOutputs(Utf8JsonWriter json, ServingPlan plan, PredictionBatch batch, int row)
    {
        for (var i = 0; i < plan.Outputs.Length; i++)
        {
            var output = plan.Outputs[i];
            json.WritePropertyName(output.Field.Name);
            if (output.IsRaw) WriteSlice(json, output.Field.Name, batch.RawOutputs[i]!, row, batch.Rows);
            else if (output.IsText) json.WriteStringValue(batch.OutputTexts[i][row]);
            else WriteNumber(json, output, batch.OutputNumbers[i][row]);
        }

        if (plan.Contract.Policy is not null) json.WriteString("decision"u8, batch.Decisions[row]);
    }

    private static void WriteNumber(Utf8JsonWriter json, OutputPlan output, double value)
    {
        if (output.Field.Type == FieldType.Boolean) json.WriteBooleanValue(value != 0);
        else if (output.IsSingle) json.WriteNumberValue((float)value);
        else json.WriteNumberValue(value);
    }

    /// <summary>The row's slice along the first axis; for a single row a tensor without such an axis as a whole.</summary>
    private static void WriteSlice(Utf8JsonWriter json, string name, Tensor tensor, int row, int rows)
    {
        if (tensor.Shape is [var first, ..] && first == rows)
        {
            var length = rows == 0 ? 0 : tensor.Length / rows;
            TensorJson.WriteNested(json, tensor, tensor.Shape.AsSpan(1), row * length);
        }
        else if (rows == 1)
        {
            TensorJson.WriteNested(json, tensor, tensor.Shape, 0);
        }
        else
        {
            throw new PredictionException(ErrorKind.Engine, $"{name}: the model answered [{string.Join(", ", tensor.Shape)}] for {rows} rows; ask in the tensor form");
        }
    }
}
