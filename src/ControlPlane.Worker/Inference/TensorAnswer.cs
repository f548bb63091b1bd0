using System.Text.Json;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes the answer to an Open Inference Protocol request.</summary>
internal static class TensorAnswer
{
    /// <summary>Writes JSON and then the binary tensors; gives the length of the JSON when there are any, else null.</summary>
    public static int? Write(AnswerBuffer answer, LoadedVersion version, AnswerForm form, PredictionBatch batch, TensorRequest request, string predictionId)
    {
        var outputs = request.Outputs ?? [.. form.Fields.Select(field => new OutputWish(field.Name, null))];
        var tensors = outputs.Select(output => (output.Name, Tensor: ToTensor(form.Find(output.Name)!, batch), Binary: output.Binary ?? request.BinaryByDefault)).ToList();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("model_name"u8, version.Model);
        json.WriteString("model_version"u8, version.VersionText);
        if (request.Id is not null) json.WriteString("id"u8, request.Id);
        json.WriteStartObject("parameters"u8);
        json.WriteString("response_version"u8, form.Version);
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
    public static void CheckWishes(AnswerForm form, TensorRequest request)
    {
        foreach (var wish in request.Outputs ?? [])
        {
            if (form.Find(wish.Name) is null)
                throw PredictionException.Payload($"outputs.{wish.Name}", $"is not an output of the contract; those are {string.Join(", ", form.Fields.Select(field => field.Name))}");
        }
    }

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

    private static Tensor ToTensor(AnswerField field, PredictionBatch batch) => field.Kind switch
    {
        AnswerKind.Raw => field.RawOf(batch),
        AnswerKind.Text or AnswerKind.Explanation => Texts(field, batch),
        AnswerKind.Flag => Column(field, batch, value => value != 0),
        AnswerKind.Whole => Column(field, batch, value => (long)value),
        AnswerKind.Single => Column(field, batch, value => (float)value),
        AnswerKind.Double => Column(field, batch, value => value),
    };

    private static StringTensor Texts(AnswerField field, PredictionBatch batch)
    {
        var texts = new string[batch.Rows];
        for (var row = 0; row < texts.Length; row++) texts[row] = field.TextOf(batch, row);
        return new(texts, texts.Length);
    }

    private static Tensor<T> Column<T>(AnswerField field, PredictionBatch batch, Func<double, T> convert) where T : unmanaged
    {
        var column = new T[batch.Rows];
        for (var row = 0; row < column.Length; row++) column[row] = convert(field.NumberOf(batch, row));
        return new(column, column.Length);
    }
}
