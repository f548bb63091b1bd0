using System.Text;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads golden samples: one JSON object <c>{"inputs": {…}, "outputs": {…}}</c> a line.</summary>
public static class GoldenSamples
{
    public const int MaxSamples = 100_000;
    private const int MaxProblems = 20;

    /// <summary>The samples, or the problems with their lines; checks the names against the contract, not the values.</summary>
    public static GoldenReading Read(ReadOnlyMemory<byte> utf8Lines, Contract contract)
    {
        var samples = new List<GoldenSample>();
        var problems = new List<Problem>();
        var names = contract.Outputs.Select(output => output.Name).Concat(contract.Policy is null ? [] : ["decision"]).ToList();
        var line = 0;
        while (!utf8Lines.IsEmpty && problems.Count < MaxProblems)
        {
            line++;
            var length = utf8Lines.Span.IndexOf((byte)'\n');
            var text = length < 0 ? utf8Lines : utf8Lines[..length];
            utf8Lines = length < 0 ? default : utf8Lines[(length + 1)..];
            if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (samples.Count >= MaxSamples) problems.Add(new($"golden:{line}", $"there are more than {MaxSamples} samples"));
            else if (ReadLine(text, line, names, problems) is { } sample) samples.Add(sample);
        }

        if (samples.Count == 0 && problems.Count == 0) problems.Add(new("golden", "holds no samples"));
        return problems.Count > 0 ? new([], problems) : new(samples, []);
    }

    private static GoldenSample? ReadLine(ReadOnlyMemory<byte> text, int line, IReadOnlyList<string> names, List<Problem> problems)
    {
        var path = $"golden:{line}";
        try
        {
            using var document = JsonDocument.Parse(text);
            var before = problems.Count;
            var fields = new JsonFields(document.RootElement, path, problems);
            var inputs = fields.Object("inputs");
            var outputs = fields.Object("outputs");
            if (inputs is not { ValueKind: JsonValueKind.Object }) fields.Refuse("inputs", "must be an object");
            if (outputs is not { ValueKind: JsonValueKind.Object }) fields.Refuse("outputs", "must be an object");
            fields.RefuseOthers();
            if (problems.Count > before) return null;
            var expected = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var output in outputs!.Value.EnumerateObject())
            {
                if (!names.Contains(output.Name)) fields.Refuse($"outputs/{output.Name}", $"is not an output of the contract; those are {string.Join(", ", names)}");
                else if (!expected.TryAdd(output.Name, output.Value.GetRawText())) fields.Refuse($"outputs/{output.Name}", "is given twice");
            }

            if (expected.Count == 0 && problems.Count == before) fields.Refuse("outputs", "must expect at least one output");
            return problems.Count > before ? null : new(line, inputs!.Value.GetRawText(), expected);
        }
        catch (JsonException error)
        {
            problems.Add(new(path, $"is not JSON (byte {error.BytePositionInLine + 1})"));
        }
        catch (InvalidOperationException)
        {
            problems.Add(new(path, "holds text that is not valid Unicode"));
        }

        return null;
    }

    public static GoldenReading Read(string lines, Contract contract) => Read(Encoding.UTF8.GetBytes(lines), contract);
}

/// <summary>What came of reading golden samples.</summary>
public sealed record GoldenReading(IReadOnlyList<GoldenSample> Samples, IReadOnlyList<Problem> Problems);
