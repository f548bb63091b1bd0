using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ControlPlane.Domain.Contracts;

/// <summary>Values and whole parts of a contract as JSON, for a change's before and after. Absent things are left out.</summary>
internal static class ChangeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new CategoryListWriter(), new PostprocessingStepWriter() },
    };

    /// <summary>Null stays null: there is no value on that side.</summary>
    public static string? Of(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>Whether both sides say the same.</summary>
    public static bool Same(object? before, object? after) => Of(before) == Of(after);

    /// <summary>The fields of a part by name, each as JSON.</summary>
    public static IReadOnlyDictionary<string, string> Fields(object part) => JsonSerializer.SerializeToElement(part, part.GetType(), Options)
        .EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText(), StringComparer.Ordinal);

    private sealed class CategoryListWriter : JsonConverter<CategoryList>
    {
        public override CategoryList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, CategoryList value, JsonSerializerOptions options)
        {
            if (value.Texts is { } texts) JsonSerializer.Serialize(writer, texts, options);
            else JsonSerializer.Serialize(writer, value.Numbers, options);
        }
    }

    // Written as what each step is, not as the base that the list is of.
    private sealed class PostprocessingStepWriter : JsonConverter<PostprocessingStep>
    {
        public override PostprocessingStep Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, PostprocessingStep value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }
}
