using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>
/// The one way in which a contract is written before it is hashed: keys sorted, no white space, numbers in shortest round-trip form, defaults
/// written out, absent things left out. Two contracts that mean the same have the same form.
/// </summary>
public static class ContractCanonicalForm
{
    // Text stays as it is, so that a form can be rebuilt in any language; the default encoder would escape all that is not ASCII.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Contract contract)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain)) Write(json, contract);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the contract as a value of a larger document.</summary>
    internal static void Write(Utf8JsonWriter json, Contract contract)
    {
        json.WriteStartObject();
        WriteList(json, "inputs", contract.Inputs, WriteInput);
        if (contract.Outcome is { } outcome) WriteOutcome(json, outcome);
        WriteList(json, "outputs", contract.Outputs, WriteOutput);
        if (contract.Policy is { } policy) WritePolicy(json, policy);
        WriteList(json, "preprocessing", contract.Preprocessing, (writer, step) => WriteStep(writer, step, contract.Inputs));
        json.WriteStartObject("response");
        json.WriteString("version", contract.ResponseVersion);
        json.WriteEndObject();
        WriteRuntime(json, contract.Runtime);
        WriteList(json, "segments", contract.Segments, (writer, segment) => writer.WriteStringValue(segment));
        if (contract.Slo is { } slo)
        {
            json.WriteStartObject("slo");
            WriteNumber(json, "error_rate", slo.ErrorRate);
            WriteNumber(json, "latency_p99_milliseconds", slo.LatencyP99Milliseconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteInput(Utf8JsonWriter json, InputField input)
    {
        json.WriteStartObject();
        WriteText(json, "datatype", input.Tensor?.Datatype);
        WriteText(json, "description", input.Description);
        WriteNumber(json, "max", input.Max);
        WriteNumber(json, "min", input.Min);
        json.WriteString("name", input.Name);
        json.WriteBoolean("required", input.Required);
        WriteShape(json, input.Tensor);
        json.WriteString("type", Word(input.Type));
        WriteText(json, "unit", input.Unit);
        if (input.Type == FieldType.Category) json.WriteString("unseen", input.Unseen == UnseenPolicy.Accept ? "accept" : "reject");
        if (input.Values is { } values) WriteList(json, "values", values, (writer, value) => writer.WriteStringValue(value));
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, OutputField output)
    {
        json.WriteStartObject();
        WriteText(json, "datatype", output.Shape?.Datatype);
        WriteText(json, "direction", output.Direction);
        if (output.Index is { } index) json.WriteNumber("index", index);
        WriteNumber(json, "max", output.Max);
        WriteText(json, "meaning", output.Meaning);
        WriteNumber(json, "min", output.Min);
        json.WriteString("name", output.Name);
        WriteShape(json, output.Shape);
        json.WriteString("tensor", output.Tensor);
        json.WriteString("type", Word(output.Type));
        WriteText(json, "unit", output.Unit);
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, OutcomeDefinition outcome)
    {
        json.WriteStartObject("outcome");
        json.WriteString("good", outcome.Good);
        json.WriteNumber("horizon_days", outcome.HorizonDays);
        json.WriteString("kind", outcome.Kind);
        json.WriteString("name", outcome.Name);
        json.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter json, DecisionPolicy policy)
    {
        json.WriteStartObject("policy");
        WriteList(json, "bands", policy.Bands, (writer, band) =>
        {
            writer.WriteStartObject();
            WriteNumber(writer, "at_least", band.AtLeast);
            writer.WriteString("decision", band.Decision);
            writer.WriteEndObject();
        });
        json.WriteString("otherwise", policy.Otherwise);
        json.WriteString("score", policy.Score);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, PreprocessingStep step, IReadOnlyList<InputField> inputs)
    {
        json.WriteStartObject();
        switch (step)
        {
            case AssembleStep assemble:
                WriteList(json, "columns", assemble.Columns, (writer, column) => writer.WriteStringValue(column));
                json.WriteString("datatype", assemble.Datatype);
                json.WriteString("op", assemble.Op);
                json.WriteString("tensor", assemble.Tensor);
                break;
            case ImputeStep impute:
                json.WriteString("feature", impute.Feature);
                json.WriteString("op", impute.Op);
                if (impute.Text is not null) json.WriteString("value", impute.Text);
                else if (inputs.Any(input => input.Name == impute.Feature && input.Type == FieldType.Boolean)) json.WriteBoolean("value", impute.Number == 1);
                else WriteNumber(json, "value", impute.Number);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Op, "This step has no canonical form.");
        }

        json.WriteEndObject();
    }

    private static void WriteRuntime(Utf8JsonWriter json, RuntimeSettings runtime)
    {
        json.WriteStartObject("runtime");
        json.WriteString("format", runtime.Format);
        json.WriteNumber("max_batch", runtime.MaxBatch);
        json.WriteNumber("max_delay_microseconds", runtime.MaxDelayMicroseconds);
        json.WriteNumber("memory_megabytes", runtime.MemoryMegabytes);
        json.WriteNumber("threads", runtime.Threads);
        json.WriteNumber("timeout_milliseconds", runtime.TimeoutMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, TensorShape? tensor)
    {
        if (tensor is not null) WriteList(json, "shape", tensor.Shape, (writer, axis) => writer.WriteNumberValue(axis));
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values) write(json, value);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        // -0 and 0 mean the same, so they are written the same.
        if (value is not null) json.WriteNumber(name, value.Value == 0 ? 0 : value.Value);
    }

    private static string Word(FieldType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString());
}
