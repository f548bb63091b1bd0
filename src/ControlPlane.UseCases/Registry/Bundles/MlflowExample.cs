using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>The first row of an MLflow input example, in the forms that MLflow writes.</summary>
internal static class MlflowExample
{
    private const int MaxCharacters = 1000;

    /// <summary>One object of plain values; null when the example is anything else.</summary>
    public static string? FirstRow(string json)
    {
        try
        {
            if (JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 32 }) is not { } root) return null;
            var example = root is JsonObject wrapped ? wrapped["dataframe_split"] ?? wrapped["dataframe_records"] ?? wrapped["inputs"] ?? wrapped : root;
            var row = example switch
            {
                JsonArray records => records.Count > 0 ? records[0] as JsonObject : null,
                JsonObject split when split["columns"] is JsonArray columns && split["data"] is JsonArray { Count: > 0 } data => Zip(columns, data[0] as JsonArray),
                JsonObject other => OfColumns(other),
                _ => null,
            };
            return row is { Count: > 0 } && row.All(field => IsPlain(field.Value)) && row.ToJsonString() is { Length: <= MaxCharacters } text ? text : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException)
        {
            // An example that cannot be read is no reason to refuse the model.
            return null;
        }
    }

    private static JsonObject? Zip(JsonArray columns, JsonArray? values)
    {
        if (values is null || values.Count != columns.Count) return null;
        return new JsonObject(columns.Zip(values).Select(pair => KeyValuePair.Create(pair.First!.GetValue<string>(), pair.Second?.DeepClone())));
    }

    // {"inputs": {"a": [1, 2], "b": [3, 4]}}: the first of each column; a row of plain values is itself one.
    private static JsonObject OfColumns(JsonObject columns) =>
        new(columns.Select(column => KeyValuePair.Create(column.Key, (column.Value is JsonArray { Count: > 0 } values ? values[0] : column.Value)?.DeepClone())));

    private static bool IsPlain(JsonNode? value) => value is null || (value is JsonValue && value.GetValueKind() is not JsonValueKind.Undefined);
}
