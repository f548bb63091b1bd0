using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ControlPlane.Domain.Contracts;

/// <summary>Values and whole parts of a contract as JSON, for a change's before and after; fields and steps in their canonical form.</summary>
internal static class ChangeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new PostprocessingStepWriter(), new SegmentWriter() },
    };

    /// <summary>Null stays null: there is no value on that side.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        InputField input => Written(json => CanonicalFields.WriteInput(json, input)),
        OutputField output => Written(json => CanonicalFields.WriteOutput(json, output)),
        PreprocessingStep step => Written(json => CanonicalStep.Write(json, step, FrozenSet<string>.Empty)),
        _ => JsonSerializer.Serialize(value, value.GetType(), Options),
    };

    /// <summary>Whether both sides say the same.</summary>
    public static bool Same(object? before, object? after) => Of(before) == Of(after);

    /// <summary>The fields of a part by name, each as JSON.</summary>
    public static IReadOnlyDictionary<string, string> Fields(object part)
    {
        using var document = JsonDocument.Parse(Of(part)!);
        return document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText(), StringComparer.Ordinal);
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder })) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Written as what each step is, not as the base that the list is of.
    private sealed class PostprocessingStepWriter : JsonConverter<PostprocessingStep>
    {
        public override PostprocessingStep Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, PostprocessingStep value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
    }

    // As the contract has it: {"country": "US"}.
    private sealed class SegmentWriter : JsonConverter<IReadOnlyList<SegmentCondition>>
    {
        public override IReadOnlyList<SegmentCondition> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<SegmentCondition> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var condition in value.OrderBy(condition => condition.Feature, StringComparer.Ordinal)) writer.WriteString(condition.Feature, condition.Value);
            writer.WriteEndObject();
        }
    }
}
