using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry;

/// <summary>A value, or a list made of numbered columns, of each golden sample.</summary>
internal sealed record GoldenField(GoldenPart Part, string Name, IReadOnlyList<(int Index, GoldenColumn Column)> Columns)
{
    /// <summary>Whether the row has any of it; what it has not is left out of the sample.</summary>
    public bool IsThere(RowValue[] cells) => Columns.Any(column => !cells[column.Index].IsMissing);

    public void Write(Utf8JsonWriter json, RowValue[] cells)
    {
        json.WritePropertyName(Name);
        if (Columns[0].Column.Element is null)
        {
            Write(json, cells[Columns[0].Index], Columns[0].Column.Type);
            return;
        }

        json.WriteStartArray();
        foreach (var (index, column) in Columns) Write(json, cells[index], column.Type);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RowValue value, FieldType? type)
    {
        if (value.IsMissing) json.WriteNullValue();
        else if (type == FieldType.Boolean) json.WriteBooleanValue(value.Text == "true");
        else if (value.Text is { } text) json.WriteStringValue(text);
        else json.WriteNumberValue(value.Number == 0 ? 0 : value.Number);
    }
}
