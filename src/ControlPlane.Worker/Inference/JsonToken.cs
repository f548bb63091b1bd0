using System.Text;
using System.Text.Json;

namespace ControlPlane.Worker.Inference;

/// <summary>Names a JSON token in an error's sentence.</summary>
internal static class JsonToken
{
    private const int MostBytes = 60;

    public static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.String => $"\"{Text(reader.ValueSpan)}\"",
        _ => Text(reader.ValueSpan),
    };

    private static string Text(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= MostBytes ? Encoding.UTF8.GetString(utf8) : Encoding.UTF8.GetString(utf8[..MostBytes]) + "…";
}
