using System.Buffers;
using System.Text.Json;
using ControlPlane.Domain.Telemetry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes the answer to a row request: one object per row.</summary>
internal static class RowAnswer
{
    public static void Write(Utf8JsonWriter json, LoadedVersion version, AnswerForm form, PredictionBatch batch, string? id, string predictionId)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id ?? predictionId);
        json.WriteString("model_name"u8, version.Model);
        json.WriteString("model_version"u8, version.VersionText);
        json.WriteString("response_version"u8, form.Version);
        json.WriteStartArray("predictions"u8);
        for (var row = 0; row < batch.Rows; row++)
        {
            json.WriteStartObject();
            json.WriteString("prediction_id"u8, $"{predictionId}-{row}");
            WriteFields(json, form, batch, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One row's outputs in the present form, as an object of their own.</summary>
    public static ReadOnlyMemory<byte> WriteOutputs(ServingPlan plan, PredictionBatch batch, int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteFields(json, plan.Present, batch, row);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteFields(Utf8JsonWriter json, AnswerForm form, PredictionBatch batch, int row)
    {
        foreach (var field in form.Fields)
        {
            json.WritePropertyName(field.Key);
            switch (field.Kind)
            {
                case AnswerKind.Raw: WriteSlice(json, field.Name, field.RawOf(batch), row, batch.Rows); break;
                case AnswerKind.Text: json.WriteStringValue(field.TextOf(batch, row)); break;
                case AnswerKind.Explanation: json.WriteRawValue(field.TextOf(batch, row), skipInputValidation: true); break;
                case AnswerKind.Flag: json.WriteBooleanValue(field.NumberOf(batch, row) != 0); break;
                case AnswerKind.Whole: json.WriteNumberValue((long)field.NumberOf(batch, row)); break;
                case AnswerKind.Single: json.WriteNumberValue((float)field.NumberOf(batch, row)); break;
                case AnswerKind.Double: json.WriteNumberValue(field.NumberOf(batch, row)); break;
            }
        }
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
