using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>One input of an MLflow signature: a column, or a tensor.</summary>
/// <param name="Name">Null when it has none.</param>
/// <param name="Type">The column's type as written; <c>tensor</c> for a tensor.</param>
/// <param name="Tensor">The tensor's element type as numpy names it, and its shape.</param>
internal sealed record MlflowField(string? Name, string Type, bool Required, TensorShape? Tensor)
{
    private const int MaxFields = 10_000;

    /// <summary>The contract's type of the column; null when a contract has none for it.</summary>
    public FieldType? FieldType => Type switch
    {
        "float" or "double" => Domain.Contracts.FieldType.Number,
        "integer" or "long" => Domain.Contracts.FieldType.Integer,
        "boolean" => Domain.Contracts.FieldType.Boolean,
        "string" => Domain.Contracts.FieldType.Text,
        _ => null,
    };

    /// <exception cref="RefusedException">Invalid when the JSON in the signature cannot be read.</exception>
    public static IReadOnlyList<MlflowField> ReadAll(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Array) throw Refused("signature/inputs is no list");
            if (document.RootElement.GetArrayLength() is 0 or > MaxFields) throw Refused($"signature/inputs must name 1 to {MaxFields} inputs");
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw Refused($"signature/inputs is not the JSON of a signature: {fault.Message}");
        }
    }

    private static MlflowField Read(JsonElement element, int place)
    {
        var path = $"signature/inputs/{place}";
        if (element.ValueKind != JsonValueKind.Object) throw Refused($"{path} is no object");
        var name = element.TryGetProperty("name", out var given) && given.ValueKind != JsonValueKind.Null ? given.GetString() : null;
        if (!element.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String) throw Refused($"{path} has no type");
        // Before 2.6 the opposite was written, as "optional".
        var required = element.TryGetProperty("required", out var must) ? must.GetBoolean() : !element.TryGetProperty("optional", out var may) || !may.GetBoolean();
        return new(name, type.GetString()!, required, type.GetString() == "tensor" ? ReadTensor(element, path) : null);
    }

    private static TensorShape ReadTensor(JsonElement element, string path)
    {
        if (!element.TryGetProperty("tensor-spec", out var spec) || !spec.TryGetProperty("dtype", out var datatype) || !spec.TryGetProperty("shape", out var shape))
            throw Refused($"{path} has no tensor-spec with dtype and shape");
        return new(datatype.GetString() ?? "", [.. shape.EnumerateArray().Select(axis => axis.GetInt64())]);
    }

    private static RefusedException Refused(string sentence) => MlflowModel.Refused(sentence);
}
