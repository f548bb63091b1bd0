using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one input or output of a contract.</summary>
internal static class FieldReader
{
    private static readonly Dictionary<string, FieldType> Types = new(StringComparer.Ordinal)
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
    };

    public static InputField ReadInput(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var name = fields.RequiredText("name");
        var type = fields.Choice("type", Types, FieldType.Number, required: true);
        var (min, max) = ReadRange(fields, type);
        var values = fields.Has("values") ? fields.Texts("values", required: true) : null;
        var unseen = fields.Choice("unseen", Unseen, UnseenPolicy.Reject, required: false);
        var input = new InputField(
            name, type, fields.OptionalFlag("required", true), min, max, values, unseen,
            fields.OptionalText("unit"), fields.OptionalText("description"), ReadTensor(fields, type));
        if (type != FieldType.Category)
        {
            if (values is not null) fields.Refuse("values", "are for a category");
            if (fields.Has("unseen")) fields.Refuse("unseen", "is for a category");
        }
        else if (unseen == UnseenPolicy.Reject && values is null or { Count: 0 })
        {
            fields.Refuse("values", "must list the categories, or \"unseen\" must be \"accept\"");
        }

        if (type == FieldType.Tensor && !input.Required) fields.Refuse("required", "a raw tensor cannot be optional");
        fields.RefuseOthers();
        return input;
    }

    public static OutputField ReadOutput(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var name = fields.RequiredText("name");
        if (name is "decision" or "prediction_id") fields.Refuse("name", $"{name} is a field of every answer; choose another name");
        var tensor = fields.RequiredText("tensor");
        var type = fields.Choice("type", Types, FieldType.Number, required: true);
        int? index = fields.Has("index") ? fields.OptionalInteger("index", 0, 0, 1_000_000) : null;
        if (index is not null && type == FieldType.Tensor) fields.Refuse("index", "is for a value per row, not for a raw tensor");
        var (min, max) = ReadRange(fields, type);
        var output = new OutputField(
            name, tensor, index, type, min, max, fields.OptionalText("unit"), fields.OptionalText("meaning"),
            fields.OptionalText("direction"), ReadTensor(fields, type));
        fields.RefuseOthers();
        return output;
    }

    private static (double? Min, double? Max) ReadRange(JsonFields fields, FieldType type)
    {
        var (min, max) = (fields.OptionalNumber("min"), fields.OptionalNumber("max"));
        if (min > max) fields.Refuse("min", $"must not be above max ({Number(min.Value)} > {Number(max.Value)})");
        if (type is FieldType.Number or FieldType.Integer) return (min, max);
        if (min is not null) fields.Refuse("min", "is for a number or an integer");
        if (max is not null) fields.Refuse("max", "is for a number or an integer");
        return (null, null);
    }

    private static TensorShape? ReadTensor(JsonFields fields, FieldType type)
    {
        if (type != FieldType.Tensor)
        {
            if (fields.OptionalText("datatype") is not null) fields.Refuse("datatype", "is for a raw tensor");
            if (fields.List("shape", required: false).Count > 0) fields.Refuse("shape", "is for a raw tensor");
            return null;
        }

        var datatype = fields.RequiredText("datatype");
        if (datatype.Length > 0 && !TensorDatatype.IsKnown(datatype))
            fields.Refuse("datatype", $"{datatype} is not known; known are {string.Join(", ", TensorDatatype.All)}");
        var axes = fields.List("shape", required: true);
        if (axes.Count > 16) fields.Refuse("shape", "has more than 16 axes");
        var shape = new List<long>();
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i].ValueKind == JsonValueKind.Number && axes[i].TryGetInt64(out var axis) && axis is >= -1 and <= int.MaxValue) shape.Add(axis);
            else fields.Refuse($"shape/{i}", $"must be a length, or -1 for a free axis (is {JsonFields.Describe(axes[i])})");
        }

        return new(datatype, shape);
    }

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
