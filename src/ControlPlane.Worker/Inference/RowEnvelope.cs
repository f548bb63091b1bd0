using System.Globalization;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>The outside of a row request: everything but the rows, whose place is kept. Read before it is known which version reads the rows.</summary>
internal readonly record struct RowEnvelope(string? Id, string? RoutingKey, string? ResponseVersion, int InstancesStart, int InstancesLength)
{
    public const int LongestKey = 1024;

    public static RowEnvelope Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        string? id = null, key = null, version = null;
        var (start, length) = (-1, 0);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw PredictionException.Payload("", "the body must be an object with instances");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("instances"u8))
            {
                if (start >= 0) throw PredictionException.Payload("instances", "is given twice", BrokenRule.Twice);
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray) throw PredictionException.Payload("instances", $"must be a list of objects (is {JsonToken.Describe(ref reader)})");
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                length = (int)reader.BytesConsumed - start;
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = ReadKey(ref reader, "id");
            }
            else if (reader.ValueTextEquals("routing_key"u8))
            {
                key = ReadKey(ref reader, "routing_key");
            }
            else if (reader.ValueTextEquals("response_version"u8))
            {
                version = ReadResponseVersion(ref reader, "response_version");
            }
            else
            {
                throw PredictionException.Payload(reader.GetString()!, "is not known; known are instances, routing_key, id, response_version");
            }
        }

        // What follows the object must be nothing; the reader says so by itself.
        reader.Read();
        return start >= 0 ? new(id, key, version, start, length) : throw PredictionException.Payload("instances", "is missing", BrokenRule.Missing);
    }

    internal static string? ReadKey(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw PredictionException.Payload(name, $"must be text (is {JsonToken.Describe(ref reader)})");
        var key = reader.GetString()!;
        return key.Length <= LongestKey ? key : throw PredictionException.Payload(name, $"must be at most {LongestKey} characters long");
    }

    /// <summary>Text, or a whole number for a major: 1.3 as a number could not be told from 1.30.</summary>
    internal static string? ReadResponseVersion(ref Utf8JsonReader reader, string name)
    {
        var ahead = reader;
        ahead.Read();
        if (ahead.TokenType is JsonTokenType.String or JsonTokenType.Null) return ReadKey(ref reader, name);
        reader = ahead;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var major) && major >= 0
            ? major.ToString(CultureInfo.InvariantCulture)
            : throw PredictionException.Payload(name, $"must be text or a whole number, as in \"1.3\", \"1\" or 1 (is {JsonToken.Describe(ref reader)})");
    }
}
