using System.Text;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads a contract's JSON strictly and collects every problem, so that one upload shows them all.</summary>
public static class ContractReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    public static ContractReading Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static ContractReading Read(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Strict);
            var problems = new List<Problem>();
            var contract = ReadContract(document.RootElement, problems);
            return problems.Count == 0 ? new(contract, []) : new(null, problems);
        }
        catch (JsonException error)
        {
            return new(null, [new("", $"is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}")]);
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair: valid JSON by its grammar, no text that .NET can hold.
            return new(null, [new("", "holds text that is not valid Unicode")]);
        }
    }

    private static Contract ReadContract(JsonElement root, List<Problem> problems)
    {
        var fields = new JsonFields(root, "", problems);
        var inputs = ReadList(fields, "inputs", problems, FieldReader.ReadInput);
        var outputs = ReadList(fields, "outputs", problems, FieldReader.ReadOutput);
        if (fields.Has("inputs") && inputs.Count == 0) fields.Refuse("inputs", "must name at least one input");
        if (fields.Has("outputs") && outputs.Count == 0) fields.Refuse("outputs", "must name at least one output");
        var steps = fields.List("preprocessing", required: false).Select((step, i) => PreprocessingReader.Read(step, $"preprocessing/{i}", problems)).ToList();
        var contract = new Contract(
            inputs,
            [.. steps.OfType<PreprocessingStep>()],
            SettingsReader.ReadRuntime(fields.Object("runtime"), problems),
            outputs,
            SettingsReader.ReadPolicy(fields.Object("policy"), problems),
            new(SettingsReader.ReadResponseVersion(fields.Object("response"), problems)),
            SettingsReader.ReadSlo(fields.Object("slo"), problems),
            fields.Texts("segments", required: false),
            SettingsReader.ReadOutcome(fields.Object("outcome"), problems));
        fields.RefuseOthers();
        // Rules between parts only make sense over parts that could be read.
        if (problems.Count == 0) ContractRules.Check(contract, problems);
        return contract;
    }

    private static List<T> ReadList<T>(JsonFields fields, string name, List<Problem> problems, Func<JsonElement, string, List<Problem>, T> read) =>
        [.. fields.List(name, required: true).Select((element, i) => read(element, $"{name}/{i}", problems))];
}
