using System.Buffers;
using System.Security.Cryptography;
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

    /// <summary><c>sha256:</c> and the hash of the form: the contract's own, whatever model and artifact it goes with.</summary>
    public static string Digest(Contract contract) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(contract))));

    /// <summary>Writes the contract as a value of a larger document.</summary>
    internal static void Write(Utf8JsonWriter json, Contract contract)
    {
        json.WriteStartObject();
        json.WriteItems("inputs", contract.Inputs, CanonicalFields.WriteInput);
        if (contract.Outcome is { } outcome) WriteOutcome(json, outcome);
        json.WriteItems("outputs", contract.Outputs, CanonicalFields.WriteOutput);
        if (contract.Policy is { } policy) CanonicalPolicy.Write(json, policy, contract.Inputs);
        var booleans = contract.Inputs.Where(input => input.Type == FieldType.Boolean).Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        json.WriteItems("preprocessing", contract.Preprocessing, (writer, step) => CanonicalStep.Write(writer, step, booleans));
        WriteResponse(json, contract.Response);
        WriteRuntime(json, contract.Runtime);
        json.WriteTexts("segments", contract.Segments);
        if (contract.Slo is { } slo)
        {
            json.WriteStartObject("slo");
            json.WriteGiven("error_rate", slo.ErrorRate);
            json.WriteGiven("latency_p99_milliseconds", slo.LatencyP99Milliseconds);
            json.WriteEndObject();
        }

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

    private static void WriteResponse(Utf8JsonWriter json, ResponseForm response)
    {
        json.WriteStartObject("response");
        if (response.Previous is { } previous)
        {
            json.WriteStartObject("previous");
            json.WriteItems("fields", previous.Fields, WritePreviousField);
            json.WriteString("version", previous.Version);
            json.WriteEndObject();
        }

        json.WriteString("version", response.Version);
        json.WriteEndObject();
    }

    private static void WritePreviousField(Utf8JsonWriter json, PreviousField field)
    {
        json.WriteStartObject();
        json.WriteUnless("add", field.Add, 0);
        json.WriteString("from", field.From);
        json.WriteUnless("multiply", field.Multiply, 1);
        json.WriteString("name", field.Name);
        if (field.Values is { } values)
        {
            json.WriteStartObject("values");
            foreach (var (present, past) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(present, past);
            json.WriteEndObject();
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
}
