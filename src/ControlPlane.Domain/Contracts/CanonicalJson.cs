using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>How the canonical form writes its values: what is absent or default is left out, -0 is 0.</summary>
internal static class CanonicalJson
{
    public static void WriteItems<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values) write(json, value);
        json.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is not null) json.WriteItems(name, values, (writer, value) => writer.WriteStringValue(value));
    }

    public static void WriteNumbers(this Utf8JsonWriter json, string name, IReadOnlyList<double>? values)
    {
        if (values is not null) json.WriteItems(name, values, (writer, value) => writer.WriteNumberValue(Positive(value)));
    }

    public static void WriteGiven(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void WriteGiven(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Positive(number));
    }

    public static void WriteUnless(this Utf8JsonWriter json, string name, double value, double otherwise)
    {
        if (value != otherwise) json.WriteNumber(name, Positive(value));
    }

    /// <summary>-0 and 0 mean the same, so they are written the same.</summary>
    private static double Positive(double value) => value == 0 ? 0 : value;
}
