using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry;

/// <summary>Golden samples in CSV, turned into the JSON lines that are stored: row n becomes line n.</summary>
internal static class GoldenCsv
{
    private const string Part = "golden";
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether samples whose form nobody told are CSV: JSON lines begin with a brace.</summary>
    public static bool LooksLikeCsv(string text)
    {
        var start = text.AsSpan().TrimStart(" \t\r\n\uFEFF");
        return !start.IsEmpty && start[0] != '{';
    }

    /// <summary>The JSON lines as UTF-8; empty after problems, whose lines are those of the CSV file.</summary>
    public static async Task<GoldenLines> ToJsonLines(string csv, Contract contract)
    {
        var problems = new CsvProblems(Part);
        var header = new GoldenHeader(contract);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv), writable: false);
        using var table = new CsvTable(stream, problems);
        var lines = new ArrayBufferWriter<byte>(csv.Length + 1024);
        var places = new List<long>();
        if (await table.ReadHeader(header.IsKnown, header.Expected))
        {
            var columns = header.Read(table.Header, problems);
            if (problems.Found.Count == 0) await WriteRows(table, columns, problems, new(lines, places));
        }

        if (problems.Found.Count == 0 && lines.WrittenCount == 0) problems.Add("holds no samples");
        return problems.Found.Count > 0 ? new(default, [], problems.Found) : new(lines.WrittenMemory, places, []);
    }

    private static async Task WriteRows(CsvTable table, IReadOnlyList<GoldenColumn> columns, CsvProblems problems, Written written)
    {
        var fields = columns.Index().GroupBy(pair => (pair.Item.Part, pair.Item.Field))
            .Select(group => new GoldenField(group.Key.Part, group.Key.Field, [.. group.OrderBy(pair => pair.Item.Element).Select(pair => (pair.Index, pair.Item))])).ToList();
        var rows = 0;
        while (await table.Read())
        {
            if (++rows > GoldenSamples.MaxSamples)
            {
                problems.Add(table.Line, $"there are more than {GoldenSamples.MaxSamples} samples");
                return;
            }

            var cells = ReadCells(table, columns, problems);
            if (problems.Found.Count > 0) continue;
            WriteSample(written.Lines, fields, cells);
            written.Places.Add(table.Line);
        }
    }

    private static RowValue[] ReadCells(CsvTable table, IReadOnlyList<GoldenColumn> columns, CsvProblems problems)
    {
        var cells = new RowValue[columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            string? problem = null;
            cells[i] = columns[i].Type is { } type ? CsvCell.Read(table.Cells[i], type, out problem) : ReadStage(table.Cells[i]);
            if (cells[i].IsMissing && columns[i].Part == GoldenPart.Outputs) problem ??= "is empty; every sample says each output that the header names";
            if (problem is not null) problems.Add(table.Line, table.Header[i], problem);
        }

        return cells;
    }

    private static RowValue ReadStage(string cell) => cell.Length == 0 ? RowValue.Missing
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? RowValue.Of(number)
        : RowValue.Of(cell);

    private static void WriteSample(ArrayBufferWriter<byte> lines, List<GoldenField> fields, RowValue[] cells)
    {
        using (var json = new Utf8JsonWriter(lines, Plain))
        {
            json.WriteStartObject();
            WritePart(json, GoldenPart.Inputs, fields, cells);
            WritePart(json, GoldenPart.Outputs, fields, cells);
            if (fields.Exists(field => field.Part is GoldenPart.Preprocessing or GoldenPart.Model && field.IsThere(cells)))
            {
                json.WriteStartObject("stages");
                foreach (var part in new[] { GoldenPart.Preprocessing, GoldenPart.Model })
                {
                    if (fields.Exists(field => field.Part == part && field.IsThere(cells))) WritePart(json, part, fields, cells);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static void WritePart(Utf8JsonWriter json, GoldenPart part, List<GoldenField> fields, RowValue[] cells)
    {
        json.WriteStartObject(GoldenHeader.Word(part));
        foreach (var field in fields.Where(field => field.Part == part && field.IsThere(cells))) field.Write(json, cells);
        json.WriteEndObject();
    }

    private sealed record Written(ArrayBufferWriter<byte> Lines, List<long> Places);
}

/// <summary>What came of reading golden samples in CSV.</summary>
/// <param name="Places">The line of the CSV file that each JSON line was made of.</param>
internal sealed record GoldenLines(ReadOnlyMemory<byte> Utf8, IReadOnlyList<long> Places, IReadOnlyList<Problem> Problems);
