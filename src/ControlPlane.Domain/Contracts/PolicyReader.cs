using System.Globalization;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads the policy: bands, and other bands per segment.</summary>
internal static class PolicyReader
{
    /// <summary><paramref name="inputs"/> is null when the inputs could not be read; then the segments' values are not judged.</summary>
    public static DecisionPolicy? Read(JsonElement? element, KnownInputs? inputs, List<Problem> problems)
    {
        if (element is null) return null;
        var fields = new JsonFields(element.Value, "policy", problems);
        var score = fields.RequiredName("score");
        var bands = ReadBands(fields, problems);
        var otherwise = fields.RequiredName("otherwise");
        var overrides = fields.List("overrides", required: false).Select((held, i) => ReadOverride(held, $"policy/overrides/{i}", inputs, problems)).ToList();
        fields.RefuseOthers();
        return new(score, bands, otherwise, overrides.Count > 0 ? overrides : null);
    }

    private static List<DecisionBand> ReadBands(JsonFields fields, List<Problem> problems)
    {
        var bands = fields.List("bands", required: true).Select((band, i) => ReadBand(band, fields.PathOf($"bands/{i}"), problems)).ToList();
        if (bands.Count == 0 && fields.Object("bands") is { ValueKind: JsonValueKind.Array }) fields.Refuse("bands", "must hold at least one band");
        return bands;
    }

    private static DecisionBand ReadBand(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var band = new DecisionBand(fields.RequiredNumber("at_least"), fields.RequiredName("decision"));
        fields.RefuseOthers();
        return band;
    }

    private static BandOverride ReadOverride(JsonElement element, string path, KnownInputs? inputs, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var conditions = new List<SegmentCondition>();
        if (fields.Object("segment") is { } segment)
        {
            var entries = new JsonFields(segment, fields.PathOf("segment"), problems);
            foreach (var (feature, value) in entries.Entries()) conditions.Add(ReadCondition(entries, feature, value, inputs));
            if (segment.ValueKind == JsonValueKind.Object && conditions.Count == 0) fields.Refuse("segment", "must name at least one input and its value");
        }
        else
        {
            fields.Refuse("segment", "is missing");
        }

        var held = new BandOverride(conditions, ReadBands(fields, problems), fields.OptionalName("otherwise"));
        fields.RefuseOthers();
        return held;
    }

    private static SegmentCondition ReadCondition(JsonFields segment, string feature, JsonElement value, KnownInputs? inputs)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => segment.TextOf(feature, value),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            // An integer stands in plain digits, however the document spells it.
            JsonValueKind.Number => segment.NumberOf(feature, value) is { } number
                ? double.IsInteger(number) && Math.Abs(number) <= PayloadRule.LargestInteger ? ((long)number).ToString(CultureInfo.InvariantCulture) : Plain.Number(number)
                : null,
            _ => Refuse(segment, feature, $"must be text, a number, true or false (is {JsonFields.Describe(value)})"),
        };
        if (text is not null && inputs is not null && Judge(feature, value, text, inputs) is { } sentence) segment.Refuse(feature, sentence);
        return new(feature, text ?? "");
    }

    private static string? Judge(string feature, JsonElement value, string text, KnownInputs inputs)
    {
        if (inputs.Find(feature) is not { } input) return $"{Plain.Short(feature)} is not an input";
        var expected = input.Type switch
        {
            FieldType.Category or FieldType.Text => value.ValueKind == JsonValueKind.String ? null : "text",
            FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            FieldType.Integer => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && double.IsInteger(number) && Math.Abs(number) <= PayloadRule.LargestInteger ? null : "a whole number",
            _ => "",
        };
        if (expected is { Length: 0 }) return $"{Plain.Short(feature)} is {Plain.Kind(input.Type)}; a segment is a category, text, boolean or integer";
        if (expected is not null) return $"must be {expected}, as {Plain.Short(feature)} is {Plain.Kind(input.Type)} (is {JsonFields.Describe(value)})";
        return IsPossible(input, text, inputs) ? null : $"{Plain.Short(text)} is no value that {Plain.Short(feature)} can have";
    }

    private static bool IsPossible(InputField input, string text, KnownInputs inputs) => input.Type switch
    {
        // A value that counts as missing or is refused never meets the policy; one that is accepted does.
        FieldType.Category => input.Unseen == UnseenPolicy.Accept || input.Values is null || inputs.Lists(input, text),
        FieldType.Integer when double.Parse(text, CultureInfo.InvariantCulture) is var number =>
            !(number < input.Min) && !(number > input.Max) && (input.AllowedNumbers is null || input.AllowedNumbers.Contains(number)),
        _ => true,
    };

    private static string? Refuse(JsonFields fields, string name, string sentence)
    {
        fields.Refuse(name, sentence);
        return null;
    }
}
