using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads the lines of a golden file in their order, so that a large file need never be held as a whole. Names are checked against the contract, values are not.</summary>
public sealed class GoldenSampleReader(Contract contract)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly GoldenNames _names = new(contract);
    private int _line;
    private int _samples;

    /// <summary>One sample more than allowed was met: nothing after it is read.</summary>
    public bool IsFull => _samples > GoldenSamples.MaxSamples;

    /// <summary>The next line without its end; null for an empty one.</summary>
    public GoldenLine? Next(ReadOnlyMemory<byte> text)
    {
        if (++_line == 1 && text.Span.StartsWith(ByteOrderMark)) text = text[ByteOrderMark.Length..];
        if (text.Span.Trim(" \t\r"u8).IsEmpty) return null;
        if (++_samples > GoldenSamples.MaxSamples) return new(null, [new($"golden:{_line}", $"there are more than {GoldenSamples.MaxSamples} samples")]);
        return Read(text);
    }

    private GoldenLine Read(ReadOnlyMemory<byte> text)
    {
        var path = $"golden:{_line}";
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
        var inputs = fields.Object("inputs");
        if (inputs is not { ValueKind: JsonValueKind.Object }) fields.Refuse("inputs", "must be an object");
        var outputs = reader.Outputs(fields.Object("outputs"), fields);
        var stages = reader.Stages(fields.Object("stages"));
        fields.RefuseOthers();
        return new(_line, inputs?.GetRawText() ?? "", outputs, stages);
    }
}
