using System.Text;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads a contract's JSON strictly and collects every problem, so that one upload shows them all.</summary>
public static class ContractReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = ContractLimits.Depth };
    private static readonly JsonReaderOptions OneDeeper = new() { MaxDepth = ContractLimits.Depth + 1 };

    public static ContractReading Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static ContractReading Read(ReadOnlyMemory<byte> utf8Json)
    {
        if (utf8Json.Length > ContractLimits.DocumentBytes)
            return Refused($"is larger than {ContractLimits.DocumentBytes / 1024 / 1024} MB ({utf8Json.Length} bytes)");
        // Editors put a byte order mark before what they save.
        if (utf8Json.Span.StartsWith("\uFEFF"u8)) utf8Json = utf8Json[3..];
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Strict);
            var problems = new List<Problem>();
            var contract = ReadContract(document.RootElement, problems);
            if (problems.Count == 0) return new(contract, []);
            if (problems.Count >= ContractLimits.Problems) problems.Add(new("", $"has more problems than these {problems.Count}"));
            return new(null, problems);
        }
        catch (JsonException error)
        {
            return Refused(IsTooDeep(utf8Json, error)
                ? $"is nested deeper than {ContractLimits.Depth} levels: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"
                : $"is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8 in a place that is told in a sentence.
            return Refused("holds text that is not valid Unicode");
        }
    }

    private static ContractReading Refused(string sentence) => new(null, [new("", sentence)]);

    /// <summary>
    /// The parser gives the same exception for bad grammar and for depth: one level more gets further only if depth was the fault. No more than one, and tokens
    /// rather than a document: a document's cost grows with the square of its depth.
    /// </summary>
    private static bool IsTooDeep(ReadOnlyMemory<byte> utf8Json, JsonException error)
    {
        var reader = new Utf8JsonReader(utf8Json.Span, OneDeeper);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == ContractLimits.Depth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) return true;
            }
        }
        catch (JsonException further)
        {
            return (further.LineNumber, further.BytePositionInLine) != (error.LineNumber, error.BytePositionInLine);
        }

        return false;
    }

    private static Contract ReadContract(JsonElement root, List<Problem> problems)
    {
        var fields = new JsonFields(root, "", problems);
        var inputs = ReadList(fields, "inputs", ContractLimits.Inputs, (element, path) => InputReader.Read(element, path, problems));
        // What another part says about an input can only be judged when the inputs themselves could be read.
        var known = problems.Count == 0 ? new KnownInputs(inputs) : null;
        var outputs = ReadList(fields, "outputs", ContractLimits.Outputs, (element, path) => OutputReader.Read(element, path, problems));
        var steps = fields.List("preprocessing", required: false).Select((step, i) => PreprocessingReader.Read(step, $"preprocessing/{i}", known, problems)).ToList();
        var contract = new Contract(
            inputs,
            steps,
            SettingsReader.ReadRuntime(fields.Object("runtime"), problems),
            outputs,
            PolicyReader.Read(fields.Object("policy"), known, problems),
            ResponseReader.Read(fields.Object("response"), problems),
            SettingsReader.ReadSlo(fields.Object("slo"), problems),
            fields.Texts("segments", required: false, limit: ContractLimits.NameLength),
            SettingsReader.ReadOutcome(fields.Object("outcome"), problems));
        fields.RefuseOthers();
        ContractRules.Check(contract, problems);
        return contract;
    }

    private static List<T> ReadList<T>(JsonFields fields, string name, int limit, Func<JsonElement, string, T> read)
    {
        List<T> items = [.. fields.List(name, required: true, limit).Select((element, i) => read(element, $"{name}/{i}"))];
        if (items.Count == 0 && fields.Object(name) is { ValueKind: JsonValueKind.Array }) fields.Refuse(name, $"must name at least one {name[..^1]}");
        return items;
    }
}
