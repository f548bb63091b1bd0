using System.Text;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads golden samples: one JSON object <c>{"inputs": {…}, "outputs": {…}, "stages": {"preprocessing": {…}, "model": {…}}}</c> a line, stages only where they are known.</summary>
public static class GoldenSamples
{
    public const int MaxSamples = 100_000;
    private const int MaxProblems = 20;

    /// <summary>The samples, or the problems with their lines; checks the names against the contract, not the values.</summary>
    public static GoldenReading Read(ReadOnlyMemory<byte> utf8Lines, Contract contract)
    {
        var samples = new List<GoldenSample>();
        var problems = new List<Problem>();
        foreach (var line in Lines(utf8Lines, contract))
        {
            if (line.Sample is { } sample) samples.Add(sample);
            problems.AddRange(line.Problems);
            if (problems.Count >= MaxProblems) break;
        }

        if (samples.Count == 0 && problems.Count == 0) problems.Add(new("golden", "holds no samples"));
        return problems.Count > 0 ? new([], [.. problems.Take(MaxProblems)]) : new(samples, []);
    }

    public static GoldenReading Read(string lines, Contract contract) => Read(Encoding.UTF8.GetBytes(lines), contract);

    /// <summary>Line by line as it is asked for, so that a large file is never held as samples; ends after the line that is one too many.</summary>
    public static IEnumerable<GoldenLine> Lines(ReadOnlyMemory<byte> utf8Lines, Contract contract)
    {
        var names = new GoldenNames(contract);
        var (line, samples) = (0, 0);
        while (!utf8Lines.IsEmpty)
        {
            line++;
            var length = utf8Lines.Span.IndexOf((byte)'\n');
            var text = length < 0 ? utf8Lines : utf8Lines[..length];
            utf8Lines = length < 0 ? default : utf8Lines[(length + 1)..];
            if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (++samples > MaxSamples)
            {
                yield return new(null, [new($"golden:{line}", $"there are more than {MaxSamples} samples")]);
                yield break;
            }

            yield return ReadLine(text, line, names);
        }
    }

    private static GoldenLine ReadLine(ReadOnlyMemory<byte> text, int line, GoldenNames names)
    {
        var path = $"golden:{line}";
        try
        {
            using var document = JsonDocument.Parse(text);
            var problems = new List<Problem>();
            var sample = ReadSample(document.RootElement, line, new(path, names, problems));
            return problems.Count == 0 ? new(sample, []) : new(null, problems);
        }
        catch (JsonException error)
        {
            return new(null, [new(path, $"is not JSON (byte {error.BytePositionInLine + 1})")]);
        }
        catch (InvalidOperationException)
        {
            return new(null, [new(path, "holds text that is not valid Unicode")]);
        }
    }

    private static GoldenSample ReadSample(JsonElement root, int line, GoldenLineReader reader)
    {
        var fields = new JsonFields(root, reader.Path, reader.Problems);
        var inputs = fields.Object("inputs");
        if (inputs is not { ValueKind: JsonValueKind.Object }) fields.Refuse("inputs", "must be an object");
        var outputs = reader.Outputs(fields.Object("outputs"), fields);
        var stages = reader.Stages(fields.Object("stages"));
        fields.RefuseOthers();
        return new(line, inputs?.GetRawText() ?? "", outputs, stages);
    }
}
