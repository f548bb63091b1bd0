using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one input of a contract.</summary>
internal static class InputReader
{
    private const int LongestValue = 1_000_000;

    /// <summary>The words for what an input may be.</summary>
    internal static readonly Dictionary<string, FieldType> Types = new(StringComparer.Ordinal)
    {
        ["number"] = FieldType.Number,
        ["integer"] = FieldType.Integer,
        ["boolean"] = FieldType.Boolean,
        ["category"] = FieldType.Category,
        ["text"] = FieldType.Text,
        ["tensor"] = FieldType.Tensor,
    };

    private static readonly Dictionary<string, UnseenPolicy> Unseen = new(StringComparer.Ordinal)
    {
        ["reject"] = UnseenPolicy.Reject,
        ["accept"] = UnseenPolicy.Accept,
        ["missing"] = UnseenPolicy.Missing,
    };

    public static InputField Read(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var name = fields.RequiredName("name");
        var type = fields.Choice("type", Types, FieldType.Number, required: true);
        var (min, max) = FieldReader.ReadRange(fields, type);
        var input = new InputField(
            name, type, fields.OptionalFlag("required", true), min, max,
            type == FieldType.Category ? ReadCategories(fields) : null,
            fields.Choice("unseen", Unseen, UnseenPolicy.Reject, required: false),
            fields.OptionalText("unit"), fields.OptionalText("description"), FieldReader.ReadTensor(fields, type),
            type is FieldType.Number or FieldType.Integer && fields.Has("values") ? ReadAllowed(fields, type, min, max) : null,
            fields.Has("max_length") ? fields.OptionalInteger("max_length", LongestValue, 1, LongestValue) : null,
            fields.OptionalFlag("monitored", type != FieldType.Tensor));
        RefuseMisplaced(fields, input);
        fields.RefuseOthers();
        return input;
    }

    private static void RefuseMisplaced(JsonFields fields, InputField input)
    {
        if (input.Type is FieldType.Boolean or FieldType.Text or FieldType.Tensor && fields.Has("values"))
            fields.Refuse("values", "are for a category, a number or an integer");
        if (input.Type != FieldType.Category && fields.Has("unseen")) fields.Refuse("unseen", "is for a category");
        if (input.Type == FieldType.Category && input.Unseen != UnseenPolicy.Accept && input.Values is null or { Count: 0 } && !ListsWrongly(fields))
            fields.Refuse("values", "must list the categories, or \"unseen\" must be \"accept\"");
        RefuseLengths(fields, input);
        if (input.Type != FieldType.Tensor) return;
        if (!input.Required) fields.Refuse("required", "a raw tensor cannot be optional");
        if (input.Monitored) fields.Refuse("monitored", "a raw tensor has no distribution to watch; leave it out");
    }

    private static void RefuseLengths(JsonFields fields, InputField input)
    {
        if (input.MaxLength is not { } longest) return;
        if (input.Type is not (FieldType.Category or FieldType.Text)) fields.Refuse("max_length", "is for a category or a text");
        foreach (var (i, value) in (input.Values ?? []).Index())
        {
            if (value.Length > longest) fields.Refuse($"values/{i}", $"{Plain.Short(value)} is longer than max_length ({longest})");
        }
    }

    private static IReadOnlyList<string>? ReadCategories(JsonFields fields) =>
        fields.Has("values") ? fields.Texts("values", required: true, allowEmpty: true) : null;

    /// <summary>A list that holds nothing because nothing in it could be read has its problems already.</summary>
    private static bool ListsWrongly(JsonFields fields) => fields.Object("values") is { } values && (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() > 0);

    private static IReadOnlyList<double> ReadAllowed(JsonFields fields, FieldType type, double? min, double? max)
    {
        var allowed = fields.DistinctNumbers("values");
        if (allowed.Count == 0 && !ListsWrongly(fields)) fields.Refuse("values", "must list at least one number; leave it out to allow all");
        foreach (var (i, value) in allowed.Index())
        {
            if (value < min || value > max) fields.Refuse($"values/{i}", $"{Plain.Number(value)} is outside min and max");
            if (type == FieldType.Integer && !double.IsInteger(value)) fields.Refuse($"values/{i}", $"must be whole, as the type is integer (is {Plain.Number(value)})");
        }

        return allowed;
    }
}
