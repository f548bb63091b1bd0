using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>The canonical form of inputs and outputs.</summary>
internal static class CanonicalFields
{
    public static void WriteInput(Utf8JsonWriter json, InputField input)
    {
        json.WriteStartObject();
        json.WriteGiven("datatype", input.Tensor?.Datatype);
        json.WriteGiven("description", input.Description);
        json.WriteGiven("max", input.Max);
        json.WriteGiven("max_length", input.MaxLength);
        json.WriteGiven("min", input.Min);
        if (!input.Monitored && input.Type != FieldType.Tensor) json.WriteBoolean("monitored", false);
        json.WriteString("name", input.Name);
        json.WriteBoolean("required", input.Required);
        WriteShape(json, input.Tensor);
        json.WriteString("type", Word(input.Type));
        json.WriteGiven("unit", input.Unit);
        if (input.Type == FieldType.Category) json.WriteString("unseen", Word(input.Unseen));
        json.WriteTexts("values", input.Values);
        json.WriteNumbers("values", input.AllowedNumbers);
        json.WriteEndObject();
    }

    public static void WriteOutput(Utf8JsonWriter json, OutputField output)
    {
        json.WriteStartObject();
        json.WriteGiven("datatype", output.Shape?.Datatype);
        json.WriteGiven("direction", output.Direction);
        if (output.Explanation is { } explanation) WriteExplanation(json, explanation);
        if (output.Index is { } index) json.WriteNumber("index", index);
        json.WriteTexts("labels", output.Labels);
        json.WriteGiven("max", output.Max);
        json.WriteGiven("meaning", output.Meaning);
        json.WriteGiven("min", output.Min);
        json.WriteString("name", output.Name);
        if (output.PostprocessingSteps.Count > 0) json.WriteItems("postprocessing", output.PostprocessingSteps, WriteStep);
        WriteShape(json, output.Shape);
        json.WriteString("tensor", output.Tensor);
        json.WriteString("type", Word(output.Type));
        json.WriteGiven("unit", output.Unit);
        json.WriteEndObject();
    }

    private static void WriteExplanation(Utf8JsonWriter json, ExplanationForm explanation)
    {
        json.WriteStartObject("explanation");
        json.WriteTexts("codes", explanation.Codes);
        json.WriteTexts("features", explanation.Features);
        json.WriteString("kind", Word(explanation.Kind));
        if (explanation.Top is { } top) json.WriteNumber("top", top);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, PostprocessingStep step)
    {
        json.WriteStartObject();
        if (step is CalibrateStep calibrate) json.WriteNumbers("from", calibrate.From);
        json.WriteString("op", step.Op);
        if (step is CalibrateStep table) json.WriteNumbers("to", table.To);
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, TensorShape? tensor)
    {
        if (tensor is not null) json.WriteItems("shape", tensor.Shape, (writer, axis) => writer.WriteNumberValue(axis));
    }

    private static string Word<T>(T value) where T : Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
