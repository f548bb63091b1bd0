using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes the answer to an Open Inference Protocol request.</summary>
internal static class TensorAnswer
{
    /// <summary>Writes JSON and then the binary tensors; gives the length of the JSON when there are any, else null.</summary>
    public static int? Write(AnswerBuffer answer, LoadedVersion version, PredictionBatch batch, TensorRequest request, string predictionId)
    {
        var outputs = Select(version.Plan, request);
        var tensors = outputs.Select(output => (output.Name, Tensor: ToTensor(version.Plan, output.Name, batch), Binary: output.Binary ?? request.BinaryByDefault)).ToList();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("model_name"u8, version.Model);
        json.WriteString("model_version"u8, version.VersionText);
        if (request.Id is not null) json.WriteString("id"u8, request.Id);
        json.WriteStartObject("parameters"u8);
        json.WriteString("response_version"u8, version.Contract.ResponseVersion);
        json.WriteString("prediction_ids"u8, string.Join(',', Enumerable.Range(0, Math.Max(1, batch.Rows)).Select(row => $"{predictionId}-{row}")));
        json.WriteEndObject();
        json.WriteStartArray("outputs"u8);
        foreach (var (name, tensor, binary) in tensors) WriteHead(json, name, tensor, binary);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        if (!tensors.Exists(tensor => tensor.Binary)) return null;
        var length = answer.Bytes.WrittenCount;
        foreach (var (_, tensor, binary) in tensors)
        {
            if (binary) TensorBytes.Write(tensor, answer.Bytes);
        }

        return length;
    }

    /// <summary>Refuses unknown outputs before anything runs.</summary>
    public static void CheckWishes(ServingPlan plan, TensorRequest request)
    {
        foreach (var wish in request.Outputs ?? [])
        {
            var isKnown = Array.Exists(plan.Outputs, output => output.Field.Name == wish.Name) || (wish.Name == "decision" && plan.Contract.Policy is not null);
            if (!isKnown)
                throw PredictionException.Payload($"outputs.{wish.Name}", $"is not an output of the contract; those are {string.Join(", ", Names(plan))}");
        }
    }

    /// <summary>Name, datatype and shape of what a version answers, as its metadata tells.</summary>
    public static IEnumerable<(string Name, string Datatype, IReadOnlyList<long> Shape)> Describe(ServingPlan plan)
    {
        foreach (var output in plan.Outputs)
            yield return output.Field.Shape is { } raw ? (output.Field.Name, raw.Datatype, raw.Shape) : (output.Field.Name, Datatype(output), [-1]);
        if (plan.Contract.Policy is not null) yield return ("decision", "BYTES", [-1]);
    }

    private static IEnumerable<string> Names(ServingPlan plan) => Describe(plan).Select(output => output.Name);

    private static List<OutputWish> Select(ServingPlan plan, TensorRequest request) => request.Outputs ?? [.. Names(plan).Select(name => new OutputWish(name, null))];

    private static void WriteHead(Utf8JsonWriter json, string name, Tensor tensor, bool binary)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("datatype"u8, TensorElements.DatatypeOf(tensor.ElementType));
        json.WriteStartArray("shape"u8);
        foreach (var axis in tensor.Shape) json.WriteNumberValue(axis);
        json.WriteEndArray();
        if (binary)
        {
            json.WriteStartObject("parameters"u8);
            json.WriteNumber("binary_data_size"u8, TensorBytes.Size(tensor));
            json.WriteEndObject();
        }
        else
        {
            json.WritePropertyName("data"u8);
            TensorJson.WriteFlat(json, tensor);
        }

        json.WriteEndObject();
    }

    private static Tensor ToTensor(ServingPlan plan, string name, PredictionBatch batch)
    {
        var place = Array.FindIndex(plan.Outputs, output => output.Field.Name == name);
        if (place < 0) return new StringTensor(batch.DecisionsOfRows.ToArray(), batch.Rows);
        var output = plan.Outputs[place];
        if (output.IsRaw) return batch.RawOutputs[place]!;
        if (output.IsText) return new StringTensor(batch.OutputTexts[place][..batch.Rows], batch.Rows);
        var numbers = batch.OutputNumbers[place].AsSpan(0, batch.Rows);
        return Datatype(output) switch
        {
            "BOOL" => Converted(numbers, value => value != 0),
            "INT64" => Converted(numbers, value => (long)value),
            "FP32" => Converted(numbers, value => (float)value),
            _ => Converted(numbers, value => value),
        };
    }

    private static string Datatype(OutputPlan output) => output.Field.Type switch
    {
        FieldType.Boolean => "BOOL",
        FieldType.Integer => "INT64",
        FieldType.Category or FieldType.Text => "BYTES",
        _ => output.IsSingle ? "FP32" : "FP64",
    };

    private static Tensor<T> Converted<T>(ReadOnlySpan<double> values, Func<double, T> convert) where T : unmanaged
    {
        var converted = new T[values.Length];
        for (var i = 0; i < converted.Length; i++) converted[i] = convert(values[i]);
        return new(converted, converted.Length);
    }
}
