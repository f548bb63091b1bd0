using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Reads rows of JSON straight into a batch's columns, holding each value to the contract.</summary>
internal static class RowReader
{
    private const int MostStackFields = 256;

    /// <summary>Reads <c>[{…}, …]</c>. Throws one exception with the problems of every row.</summary>
    public static void Read(ReadOnlySpan<byte> instances, ServingPlan plan, PredictionBatch batch)
    {
        var reader = new Utf8JsonReader(instances);
        var raw = RawColumns.For(plan);
        PayloadProblems? problems = null;
        var row = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            batch.Reserve(row + 1);
            ReadRow(ref reader, instances, plan, batch, raw, row, ref problems);
            row++;
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
        ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ServingPlan plan, PredictionBatch batch, RawColumns? raw, int row, ref PayloadProblems? problems)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (Admit(ref problems)) problems!.Keep(PayloadCheck.DescribeRow(Path(row), FoundValue.Of(ref reader)));
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
                if (Admit(ref problems)) problems!.Keep(PayloadCheck.DescribeUnknown(PayloadCheck.PathOf(Path(row), reader.GetString()!)));
                reader.Read();
                reader.Skip();
                continue;
            }

            next = place + 1;
            var field = fields[place];
            if (seen[place] && Admit(ref problems)) problems!.Keep(field.Rule.DescribeTwice(Path(row, field)));
            seen[place] = true;
            reader.Read();
            ReadValue(ref reader, source, field, batch, raw, row, ref problems);
        }

        foreach (var field in fields)
        {
            if (!seen[field.Place]) Leave(field, batch, row, ref problems);
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

    /// <summary>Takes the value or says what is wrong with it; the reader stands at the value's end either way.</summary>
    private static void ReadValue(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> source, FieldPlan field, PredictionBatch batch, RawColumns? raw, int row, ref PayloadProblems? problems)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            Leave(field, batch, row, ref problems);
        }
        else if (field.IsRaw)
        {
            if (raw!.Read(ref reader, source, field, row) is { } sentence && Admit(ref problems)) problems!.Keep(new(Path(row, field), BrokenRule.Shape, null, sentence));
        }
        else if (field.IsText && reader.TokenType == JsonTokenType.String)
        {
            var text = ReadText(ref reader, field);
            batch.Texts[field.Place][row] = text;
            if (field.Rule.CheckText(text) is { } broken && Admit(ref problems)) problems!.Keep(field.Rule.DescribeText(Path(row, field), broken, text));
        }
        else if (field.Field.Type == FieldType.Boolean && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            batch.Numbers[field.Place][row] = reader.TokenType == JsonTokenType.True ? 1 : 0;
        }
        else if (field.Field.Type is FieldType.Number or FieldType.Integer && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
        {
            batch.Numbers[field.Place][row] = number;
            if (field.Rule.CheckNumber(number) is { } broken && Admit(ref problems)) problems!.Keep(field.Rule.DescribeNumber(Path(row, field), broken, number));
        }
        else
        {
            if (Admit(ref problems)) problems!.Keep(field.Rule.DescribeType(Path(row, field), FoundValue.Of(ref reader)));
            reader.Skip();
        }
    }

    private static string ReadText(ref Utf8JsonReader reader, FieldPlan field)
    {
        foreach (var (utf8, text) in field.KnownValues)
        {
            if (reader.ValueTextEquals(utf8)) return text;
        }

        return reader.GetString()!;
    }

    private static void Leave(FieldPlan field, PredictionBatch batch, int row, ref PayloadProblems? problems)
    {
        if (field.Rule.CheckMissing() is not null)
        {
            if (Admit(ref problems)) problems!.Keep(field.Rule.DescribeMissing(Path(row, field)));
        }
        else if (field.IsText)
        {
            batch.Texts[field.Place][row] = "";
        }
        else
        {
            batch.Numbers[field.Place][row] = double.NaN;
        }
    }

    private static bool Admit(ref PayloadProblems? problems) => (problems ??= new()).Admit();

    private static string Path(int row) => $"instances[{row}]";

    private static string Path(int row, FieldPlan field) => PayloadCheck.PathOf(Path(row), field.Field.Name);
}
