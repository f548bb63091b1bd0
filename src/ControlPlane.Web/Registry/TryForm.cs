using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Web.Registry;

/// <summary>One input of the row while it is typed; an empty text leaves it out.</summary>
public sealed class TryField(InputField input)
{
    public InputField Input => input;

    public string Text { get; set; } = "";

    /// <summary>What a person may choose from; null when the value is typed.</summary>
    public IReadOnlyList<string>? Choices => input switch
    {
        { Type: FieldType.Boolean } => ["true", "false"],
        { Type: FieldType.Category, Unseen: UnseenPolicy.Reject, Values: { Count: > 0 and <= 200 } values } => values,
        _ => null,
    };

    /// <summary>
    /// The value as it is sent. What is no number is sent as the text it is, and what is no JSON too: the contract says what is wrong with it, not this form.
    /// </summary>
    public JsonNode? Value() => input.Type switch
    {
        FieldType.Number or FieldType.Integer when double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonNode.Parse(Json(number)),
        FieldType.Boolean when bool.TryParse(Text, out var flag) => flag,
        FieldType.Tensor => Parsed(),
        FieldType.Number or FieldType.Integer or FieldType.Boolean or FieldType.Category or FieldType.Text or FieldType.Explanation => Text,
    };

    private static string Json(double number) => JsonSerializer.Serialize(number);

    private JsonNode? Parsed()
    {
        try
        {
            return JsonNode.Parse(Text);
        }
        catch (JsonException)
        {
            return Text;
        }
    }
}

/// <summary>A row to be tried, made out of a contract's inputs.</summary>
public sealed class TryForm
{
    private const int MostTensorValues = 1024;

    private TryForm(IReadOnlyList<TryField> fields) => Fields = fields;

    public IReadOnlyList<TryField> Fields { get; }

    /// <summary>Filled with the row given as JSON, or else with values that the contract allows.</summary>
    public static TryForm Of(Contract contract, string? rowJson)
    {
        var row = Read(rowJson);
        return new([.. contract.Inputs.Select(input => new TryField(input) { Text = row is null ? Example(input) : Written(row[input.Name]) })]);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(
        new JsonObject(Fields.Where(field => field.Text.Trim().Length > 0).Select(field => KeyValuePair.Create(field.Input.Name, field.Value()))));

    /// <summary>A value that the input's own rules let pass.</summary>
    public static string Example(InputField input) => input switch
    {
        { Values: { Count: > 0 } values } => values[0],
        { AllowedNumbers: { Count: > 0 } numbers } => Write(numbers[0]),
        { Type: FieldType.Boolean } => "false",
        { Type: FieldType.Integer } => Write(Math.Ceiling(Middle(input))),
        { Type: FieldType.Number } => Write(Middle(input)),
        { Tensor: { } tensor } => Zeros(tensor),
        { Required: false } => "",
        _ => "text",
    };

    // The geometric middle suits amounts and counts, whose ranges are wide and mostly empty at the far end.
    private static double Middle(InputField input) => (input.Min, input.Max) switch
    {
        ({ } min and > 0, { } max) => Math.Clamp(Math.Round(Math.Sqrt(min * max), 2), min, max),
        ({ } min, { } max) => Math.Clamp(Math.Round(min + ((max - min) / 8), 2), min, max),
        ({ } min, null) => min,
        (null, { } max) => Math.Min(0, max),
        (null, null) => 0,
    };

    private static string Zeros(TensorShape tensor)
    {
        // One row: a free axis has the length 1, and the first is the row itself.
        var axes = tensor.Shape.Skip(1).Select(axis => axis < 0 ? 1 : axis).ToList();
        if (axes.Aggregate(1.0, (product, axis) => product * axis) > MostTensorValues) return "";
        var zero = tensor.Datatype == "BYTES" ? "\"\"" : tensor.Datatype == "BOOL" ? "false" : "0";
        return axes.AsEnumerable().Reverse().Aggregate(zero, (inner, axis) => $"[{string.Join(", ", Enumerable.Repeat(inner, (int)axis))}]");
    }

    private static JsonObject? Read(string? rowJson)
    {
        try
        {
            return rowJson is null ? null : JsonNode.Parse(rowJson) as JsonObject;
        }
        catch (JsonException)
        {
            // A report cuts rows that are very long; then the row is made up.
            return null;
        }
    }

    private static string Written(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(),
    };

    private static string Write(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
