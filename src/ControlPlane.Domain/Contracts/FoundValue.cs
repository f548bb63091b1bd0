using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>What a client sent, in a form short enough to be told back to it.</summary>
/// <param name="Text">For a sentence: <c>12</c>, <c>"abc"</c>, <c>an object</c>.</param>
/// <param name="Json">The value itself as JSON; null for null, objects and lists.</param>
public readonly record struct FoundValue(string Text, string? Json)
{
    private const int MostCharacters = 60;

    public static FoundValue Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new("an object", null),
        JsonValueKind.Array => new("a list", null),
        JsonValueKind.Null => new("null", null),
        JsonValueKind.String => OfText(value.GetString()!),
        JsonValueKind.Number => OfNumber(value.GetRawText()),
        _ => OfLiteral(value.GetRawText()),
    };

    /// <summary>The token at which the reader stands.</summary>
    public static FoundValue Of(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => new("an object", null),
        JsonTokenType.StartArray => new("a list", null),
        JsonTokenType.Null => new("null", null),
        JsonTokenType.String => OfText(reader.GetString()!),
        JsonTokenType.Number => OfNumber(Encoding.UTF8.GetString(reader.ValueSpan)),
        _ => OfLiteral(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    public static FoundValue OfText(string text)
    {
        var shortened = Shorten(text);
        return new($"\"{shortened}\"", Quote(shortened));
    }

    public static FoundValue OfNumber(double number) =>
        double.IsFinite(number) ? new(Write(number), number.ToString("R", CultureInfo.InvariantCulture)) : new(Write(number), Quote(Write(number)));

    internal static string Write(double value) => Math.Abs(value) is >= 1e15 or < 1e-5 and not 0
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : value.ToString("0.###############", CultureInfo.InvariantCulture);

    internal static string Shorten(string text)
    {
        if (text.Length <= MostCharacters) return text;
        var length = MostCharacters - 3;
        return (char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length]) + "…";
    }

    internal static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // A number of a thousand digits is no longer a number once it is cut.
    private static FoundValue OfNumber(string raw) => raw.Length <= MostCharacters ? new(raw, raw) : new(Shorten(raw), Quote(Shorten(raw)));

    private static FoundValue OfLiteral(string raw) => new(raw, raw);
}
