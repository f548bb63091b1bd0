using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads the lines of a golden file in their order, so that a large file need never be held as a whole. Names are checked against the contract; values only where asked for.</summary>
/// <param name="payloads">Holds the inputs of every sample to the contract; null leaves that to whoever serves them.</param>
/// <param name="places">The line of the file that was sent, per line read; null when that is the same.</param>
public sealed class GoldenSampleReader(Contract contract, PayloadCheck? payloads = null, IReadOnlyList<long>? places = null)
{
    private const string Inputs = "inputs";

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly GoldenNames _names = new(contract);
    private int _line;
    private int _samples;

    /// <summary>One sample more than allowed was met: nothing after it is read.</summary>
    public bool IsFull => _samples > GoldenSamples.MaxSamples;

    private string PathOfLine => $"golden:{(places is null ? _line : places[_line - 1])}";

    /// <summary>The next line without its end; null for an empty one.</summary>
    public GoldenLine? Next(ReadOnlyMemory<byte> text)
    {
        if (++_line == 1 && text.Span.StartsWith(ByteOrderMark)) text = text[ByteOrderMark.Length..];
        if (text.Span.Trim(" \t\r"u8).IsEmpty) return null;
        if (++_samples > GoldenSamples.MaxSamples) return new(null, [new(PathOfLine, $"there are more than {GoldenSamples.MaxSamples} samples")]);
        return Read(text);
    }

    private GoldenLine Read(ReadOnlyMemory<byte> text)
    {
        var path = PathOfLine;
        try
        {
            using var document = JsonDocument.Parse(text);
            var problems = new List<Problem>();
            var sample = Read(document.RootElement, new(path, _names, problems));
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

    private GoldenSample Read(JsonElement root, GoldenLineReader reader)
    {
        var fields = new JsonFields(root, reader.Path, reader.Problems);
        var inputs = fields.Object(Inputs);
        if (inputs is not { ValueKind: JsonValueKind.Object } row) fields.Refuse(Inputs, "must be an object");
        else reader.Problems.AddRange(payloads?.Check(row, Inputs).Kept.Select(problem => AtLine(reader.Path, problem)) ?? []);
        var outputs = reader.Outputs(fields.Object("outputs"), fields);
        var stages = reader.Stages(fields.Object("stages"));
        fields.RefuseOthers();
        return new(_line, inputs?.GetRawText() ?? "", outputs, stages);
    }

    private static Problem AtLine(string line, PayloadProblem problem) =>
        new(problem.Path == Inputs ? $"{line}/{Inputs}" : $"{line}/{Inputs}/{problem.Path[(Inputs.Length + 1)..]}", problem.Sentence);
}
