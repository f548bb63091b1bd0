using System.Globalization;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>The canonical form of the policy.</summary>
internal static class CanonicalPolicy
{
    public static void Write(Utf8JsonWriter json, DecisionPolicy policy, IReadOnlyList<InputField> inputs)
    {
        json.WriteStartObject("policy");
        json.WriteItems("bands", policy.Bands, WriteBand);
        json.WriteString("otherwise", policy.Otherwise);
        if (policy.SegmentOverrides.Count > 0)
        {
            var types = inputs.DistinctBy(input => input.Name).ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
            json.WriteItems("overrides", policy.SegmentOverrides, (writer, held) => WriteOverride(writer, held, types));
        }

        json.WriteString("score", policy.Score);
        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, DecisionBand band)
    {
        json.WriteStartObject();
        json.WriteGiven("at_least", band.AtLeast);
        json.WriteString("decision", band.Decision);
        json.WriteEndObject();
    }

    private static void WriteOverride(Utf8JsonWriter json, BandOverride held, Dictionary<string, FieldType> types)
    {
        json.WriteStartObject();
        json.WriteItems("bands", held.Bands, WriteBand);
        json.WriteGiven("otherwise", held.Otherwise);
        json.WriteStartObject("segment");
        foreach (var (feature, value) in held.Segment.OrderBy(condition => condition.Feature, StringComparer.Ordinal))
        {
            // The record keeps texts; the document keeps the type that the client sends.
            var type = types.GetValueOrDefault(feature, FieldType.Text);
            if (type == FieldType.Boolean && bool.TryParse(value, out var flag)) json.WriteBoolean(feature, flag);
            else if (type == FieldType.Integer && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) json.WriteNumber(feature, number);
            else json.WriteString(feature, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
