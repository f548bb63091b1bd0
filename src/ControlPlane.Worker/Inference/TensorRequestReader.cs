using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Reads the JSON part of an Open Inference Protocol request strictly.</summary>
internal static class TensorRequestReader
{
    private const int MostTensors = 10_000;
    private const int MostAxes = 16;

    /// <param name="bodyLength">Length of the whole body; binary tensors lie behind the JSON in the order of the inputs.</param>
    public static TensorRequest Read(ReadOnlySpan<byte> json, int bodyLength)
    {
        var request = new TensorRequest();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw PredictionException.Payload("", "the body must be an object with inputs");
        var hasInputs = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) request.Id = RowEnvelope.ReadKey(ref reader, "id");
            else if (reader.ValueTextEquals("parameters"u8)) ReadParameters(ref reader, request);
            else if (reader.ValueTextEquals("inputs"u8)) hasInputs = ReadInputs(ref reader, request);
            else if (reader.ValueTextEquals("outputs"u8)) ReadOutputs(ref reader, request);
            else throw PredictionException.Payload(reader.GetString()!, "is not known; known are id, parameters, inputs, outputs");
        }

        reader.Read();
        if (!hasInputs) throw PredictionException.Payload("inputs", "is missing", BrokenRule.Missing);
        Place(request, json.Length, bodyLength);
        return request;
    }

    private static void ReadParameters(ref Utf8JsonReader reader, TensorRequest request)
    {
        Expect(ref reader, JsonTokenType.StartObject, "parameters", "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("routing_key"u8)) request.RoutingKey = RowEnvelope.ReadKey(ref reader, "parameters.routing_key");
            else if (reader.ValueTextEquals("response_version"u8)) request.ResponseVersion = RowEnvelope.ReadResponseVersion(ref reader, "parameters.response_version");
            else if (reader.ValueTextEquals("binary_data_output"u8)) request.BinaryByDefault = ReadFlag(ref reader, "parameters.binary_data_output");
            else SkipParameter(ref reader, "parameters");
        }
    }

    private static bool ReadInputs(ref Utf8JsonReader reader, TensorRequest request)
    {
        if (request.Inputs.Count > 0) throw PredictionException.Payload("inputs", "is given twice", BrokenRule.Twice);
        Expect(ref reader, JsonTokenType.StartArray, "inputs", "a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (request.Inputs.Count >= MostTensors) throw PredictionException.Payload("inputs", $"are more than {MostTensors}");
            var part = ReadInput(ref reader, $"inputs[{request.Inputs.Count}]");
            if (request.Inputs.Exists(other => other.Name == part.Name)) throw PredictionException.Payload($"inputs.{part.Name}", "is given twice", BrokenRule.Twice);
            request.Inputs.Add(part);
        }

        return true;
    }

    private static TensorPart ReadInput(ref Utf8JsonReader reader, string path)
    {
        var part = new TensorPart();
        if (reader.TokenType != JsonTokenType.StartObject) throw PredictionException.Payload(path, $"must be an object (is {JsonToken.Describe(ref reader)})");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                part.Name = RowEnvelope.ReadKey(ref reader, $"{path}.name") ?? "";
                path = $"inputs.{part.Name}";
            }
            else if (reader.ValueTextEquals("datatype"u8))
            {
                part.Datatype = RowEnvelope.ReadKey(ref reader, $"{path}.datatype") ?? "";
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                part.Shape = ReadShape(ref reader, $"{path}.shape");
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                part.BinaryBytes = ReadTensorParameters(ref reader, $"{path}.parameters");
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                Expect(ref reader, JsonTokenType.StartArray, $"{path}.data", "a list");
                part.DataStart = (int)reader.TokenStartIndex;
                reader.Skip();
                part.DataLength = (int)reader.BytesConsumed - part.DataStart;
            }
            else
            {
                throw PredictionException.Payload($"{path}.{reader.GetString()}", "is not known; known are name, shape, datatype, parameters, data");
            }
        }

        Check(part, path);
        return part;
    }

    private static void Check(TensorPart part, string path)
    {
        if (part.Name.Length == 0) throw PredictionException.Payload($"{path}.name", "is missing", BrokenRule.Missing);
        if (part.Datatype.Length == 0) throw PredictionException.Payload($"{path}.datatype", "is missing", BrokenRule.Missing);
        if (!TensorDatatype.IsKnown(part.Datatype)) throw PredictionException.Payload($"{path}.datatype", $"{part.Datatype} is not known; known are {string.Join(", ", TensorDatatype.All)}");
        if (part.Shape is null) throw PredictionException.Payload($"{path}.shape", "is missing", BrokenRule.Missing);
        if (part.DataStart < 0 && part.BinaryBytes is null) throw PredictionException.Payload($"{path}.data", "is missing", BrokenRule.Missing);
        if (part.DataStart >= 0 && part.BinaryBytes is not null) throw PredictionException.Payload($"{path}.data", "is given both as JSON and as binary data");
    }

    private static long[] ReadShape(ref Utf8JsonReader reader, string path)
    {
        Expect(ref reader, JsonTokenType.StartArray, path, "a list");
        var axes = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (axes.Count >= MostAxes) throw PredictionException.Payload(path, $"has more than {MostAxes} axes");
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var axis) || axis is < 0 or > int.MaxValue)
                throw PredictionException.Payload($"{path}[{axes.Count}]", $"must be a length (is {JsonToken.Describe(ref reader)})");
            axes.Add(axis);
        }

        return [.. axes];
    }

    private static long? ReadTensorParameters(ref Utf8JsonReader reader, string path)
    {
        long? bytes = null;
        Expect(ref reader, JsonTokenType.StartObject, path, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("binary_data_size"u8))
            {
                SkipParameter(ref reader, path);
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size) || size < 0)
                throw PredictionException.Payload($"{path}.binary_data_size", $"must be a count of bytes (is {JsonToken.Describe(ref reader)})");
            bytes = size;
        }

        return bytes;
    }

    private static void ReadOutputs(ref Utf8JsonReader reader, TensorRequest request)
    {
        Expect(ref reader, JsonTokenType.StartArray, "outputs", "a list");
        request.Outputs = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var path = $"outputs[{request.Outputs.Count}]";
            if (reader.TokenType != JsonTokenType.StartObject) throw PredictionException.Payload(path, $"must be an object (is {JsonToken.Describe(ref reader)})");
            if (request.Outputs.Count >= MostTensors) throw PredictionException.Payload("outputs", $"are more than {MostTensors}");
            var (name, binary) = ("", (bool?)null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("name"u8)) name = RowEnvelope.ReadKey(ref reader, $"{path}.name") ?? "";
                else if (reader.ValueTextEquals("parameters"u8)) binary = ReadBinaryWish(ref reader, $"{path}.parameters");
                else throw PredictionException.Payload($"{path}.{reader.GetString()}", "is not known; known are name, parameters");
            }

            if (name.Length == 0) throw PredictionException.Payload($"{path}.name", "is missing", BrokenRule.Missing);
            request.Outputs.Add(new(name, binary));
        }
    }

    private static bool? ReadBinaryWish(ref Utf8JsonReader reader, string path)
    {
        bool? binary = null;
        Expect(ref reader, JsonTokenType.StartObject, path, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("binary_data"u8)) binary = ReadFlag(ref reader, $"{path}.binary_data");
            else SkipParameter(ref reader, path);
        }

        return binary;
    }

    /// <summary>Gives each binary tensor its place behind the JSON; together they must fill the body exactly.</summary>
    private static void Place(TensorRequest request, int jsonLength, int bodyLength)
    {
        long at = jsonLength;
        foreach (var part in request.Inputs)
        {
            if (part.BinaryBytes is not { } bytes) continue;
            if (bytes > bodyLength - at) throw PredictionException.Payload($"inputs.{part.Name}", $"announces {bytes} bytes of binary data, {bodyLength - at} are left in the body");
            (part.DataStart, part.DataLength) = ((int)at, (int)bytes);
            at += bytes;
        }

        if (at != bodyLength) throw PredictionException.Payload("", $"the body has {bodyLength - at} bytes that belong to no input");
    }

    private static bool ReadFlag(ref Utf8JsonReader reader, string path)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? reader.GetBoolean()
            : throw PredictionException.Payload(path, $"must be true or false (is {JsonToken.Describe(ref reader)})");
    }

    // Parameters that nobody here reads may be meant for another server; they only have to be what the protocol allows.
    private static void SkipParameter(ref Utf8JsonReader reader, string path)
    {
        var name = reader.GetString();
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null)
            throw PredictionException.Payload($"{path}.{name}", $"must be text, a number, true or false (is {JsonToken.Describe(ref reader)})");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string path, string what)
    {
        reader.Read();
        if (reader.TokenType != token) throw PredictionException.Payload(path, $"must be {what} (is {JsonToken.Describe(ref reader)})");
    }
}
