using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one output of a contract.</summary>
internal static class OutputReader
{
    private static readonly Dictionary<string, FieldType> Types = new(InputReader.Types, StringComparer.Ordinal) { ["explanation"] = FieldType.Explanation };

    private static readonly Dictionary<string, ExplanationKind> Kinds = new(StringComparer.Ordinal)
    {
        ["attributions"] = ExplanationKind.Attributions,
        ["reason_codes"] = ExplanationKind.ReasonCodes,
    };

    /// <summary>Fields of every answer, which no output may take.</summary>
    public static bool IsReserved(string name) => name is "decision" or "prediction_id";

    public static OutputField Read(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var name = fields.RequiredName("name");
        if (IsReserved(name)) fields.Refuse("name", $"{name} is a field of every answer; choose another name");
        var tensor = fields.RequiredName("tensor");
        var type = fields.Choice("type", Types, FieldType.Number, required: true);
        int? index = fields.Has("index") ? fields.OptionalInteger("index", 0, 0, 1_000_000) : null;
        if (index is not null && type is FieldType.Tensor or FieldType.Explanation)
            fields.Refuse("index", $"is for a value per row, not for {Plain.Kind(type)}");
        var (min, max) = FieldReader.ReadRange(fields, type);
        var output = new OutputField(
            name, tensor, index, type, min, max, fields.OptionalText("unit"), fields.OptionalText("meaning"),
            fields.OptionalText("direction"), FieldReader.ReadTensor(fields, type), ReadLabels(fields, type, index),
            PostprocessingReader.Read(fields, type, problems), ReadExplanation(fields, type, problems));
        PostprocessingReader.Check(fields, output);
        fields.RefuseOthers();
        return output;
    }

    private static IReadOnlyList<string>? ReadLabels(JsonFields fields, FieldType type, int? index)
    {
        if (!fields.Has("labels")) return null;
        var labels = fields.Texts("labels", required: true);
        if (type is FieldType.Boolean or FieldType.Text or FieldType.Explanation)
            fields.Refuse("labels", $"are for a category, a number, an integer or a raw tensor, not for {Plain.Kind(type)}");
        else if (fields.Object("labels") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            fields.Refuse("labels", "must hold at least one label");
        else if (type is FieldType.Number or FieldType.Integer && index >= labels.Count)
            fields.Refuse("index", $"is {index}, but there are {labels.Count} labels, one per column");
        return labels;
    }

    private static ExplanationForm? ReadExplanation(JsonFields output, FieldType type, List<Problem> problems)
    {
        if (output.Object("explanation") is not { } element)
        {
            if (type == FieldType.Explanation) output.Refuse("explanation", "is missing");
            return null;
        }

        if (type != FieldType.Explanation)
        {
            output.Refuse("explanation", "is for the type explanation");
            return null;
        }

        var fields = new JsonFields(element, output.PathOf("explanation"), problems);
        var kind = fields.Choice("kind", Kinds, ExplanationKind.Attributions, required: true);
        var features = fields.Has("features") ? fields.Texts("features", required: true, limit: ContractLimits.NameLength) : null;
        var codes = fields.Has("codes") ? fields.Texts("codes", required: true) : null;
        int? top = fields.Has("top") ? fields.OptionalInteger("top", 1, 1, ContractLimits.ListLength) : null;
        if (kind == ExplanationKind.Attributions)
        {
            if (features is null or { Count: 0 }) fields.Refuse("features", "must name the features, in the order of the tensor's columns");
            if (codes is not null) fields.Refuse("codes", "are for reason_codes");
        }
        else
        {
            if (features is not null) fields.Refuse("features", "are for attributions");
            if (codes is { Count: 0 }) fields.Refuse("codes", "must hold at least one code; leave it out when the tensor holds the texts");
        }

        fields.RefuseOthers();
        return new(kind, features, codes, top);
    }
}
