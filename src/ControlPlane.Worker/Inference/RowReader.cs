using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Reads rows of JSON straight into a batch's columns, holding each value to the contract.</summary>
internal static class RowReader
{
    private const int MostProblems = 20;
    private const int MostStackFields = 256;

    /// <summary>Reads <c>[{…}, …]</c>. Throws one exception with every problem of every row, up to 20.</summary>
    public static void Read(ReadOnlySpan<byte> instances, ServingPlan plan, PredictionBatch batch)
    {
        var reader = new Utf8JsonReader(instances);
        var raw = RawColumns.For(plan);
        List<Problem>? problems = null;
        var row = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            batch.Reserve(row + 1);
            ReadRow(ref reader, instances, plan, batch, raw, row, ref problems);
            row++;
            if (problems?.Count >= MostProblems) break;
        }

        if (problems is not null) throw PredictionException.Payload(problems);
        if (row == 0) throw PredictionException.Payload("instances", "must hold at least one row");
        batch.Rows = row;
        raw?.ToTensors(batch);
    }

    /// <summary>Reads one object as the only row.</summary>
    public static void ReadRow(string json, ServingPlan plan, PredictionBatch batch)
    {
        try
        {
            Read(Encoding.UTF8.GetBytes($"[{json}]"), plan, batch);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw PredictionException.Payload("", "is not JSON");
        }
    }

    private static void ReadRow(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ServingPlan plan, PredictionBatch batch, RawColumns? raw, int row, ref List<Problem>? problems)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Add(ref problems, $"instances[{row}]", $"must be an object (is {JsonToken.Describe(ref reader)})");
            reader.Skip();
            return;
        }

        var fields = plan.Fields;
        var seen = fields.Length <= MostStackFields ? stackalloc bool[fields.Length] : new bool[fields.Length];
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = Find(ref reader, fields, next);
            if (place < 0)
            {
                Add(ref problems, $"instances[{row}].{reader.GetString()}", "is not an input of the contract");
                reader.Read();
                reader.Skip();
                continue;
            }

            next = place + 1;
            var field = fields[place];
            if (seen[place]) Add(ref problems, Path(row, field), "is given twice");
            seen[place] = true;
            reader.Read();
            if (ReadValue(ref reader, source, field, batch, raw, row) is { } sentence) Add(ref problems, Path(row, field), sentence);
        }

        foreach (var field in fields)
        {
            if (!seen[field.Place] && Leave(field, batch, row) is { } sentence) Add(ref problems, Path(row, field), sentence);
        }
    }

    // Rows mostly name their fields in the contract's order, so the next one is tried first.
    private static int Find(ref Utf8JsonReader reader, FieldPlan[] fields, int next)
    {
        if (next < fields.Length && reader.ValueTextEquals(fields[next].NameUtf8)) return next;
        for (var i = 0; i < fields.Length; i++)
        {
            if (reader.ValueTextEquals(fields[i].NameUtf8)) return i;
        }

        return -1;
    }

    /// <summary>Null, or the sentence about what is wrong; the reader stands at the value's end either way.</summary>
    private static string? ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, FieldPlan field, PredictionBatch batch, RawColumns? raw, int row)
    {
        if (reader.TokenType == JsonTokenType.Null) return Leave(field, batch, row);
        if (field.IsRaw) return raw!.Read(ref reader, source, field, row);
        if (field.IsText && reader.TokenType == JsonTokenType.String)
        {
            var text = ReadText(ref reader, field);
            batch.Texts[field.Place][row] = text;
            return field.Rule.CheckText(text);
        }

        if (field.Field.Type == FieldType.Boolean && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            batch.Numbers[field.Place][row] = reader.TokenType == JsonTokenType.True ? 1 : 0;
            return null;
        }

        if (field.Field.Type is FieldType.Number or FieldType.Integer && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
        {
            batch.Numbers[field.Place][row] = number;
            return field.Rule.CheckNumber(number);
        }

        var sentence = field.Rule.WrongType(JsonToken.Describe(ref reader));
        reader.Skip();
        return sentence;
    }

    private static string ReadText(ref Utf8JsonReader reader, FieldPlan field)
    {
        foreach (var (utf8, text) in field.KnownValues)
        {
            if (reader.ValueTextEquals(utf8)) return text;
        }

        return reader.GetString()!;
    }

    private static string? Leave(FieldPlan field, PredictionBatch batch, int row)
    {
        if (field.Rule.CheckMissing() is { } sentence) return sentence;
        if (field.IsText) batch.Texts[field.Place][row] = "";
        else batch.Numbers[field.Place][row] = double.NaN;
        return null;
    }

    private static string Path(int row, FieldPlan field) => $"instances[{row}].{field.Field.Name}";

    private static void Add(ref List<Problem>? problems, string path, string sentence) => (problems ??= []).Add(new(path, sentence));
}
