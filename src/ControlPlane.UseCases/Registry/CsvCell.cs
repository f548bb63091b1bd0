using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry;

/// <summary>Reads one cell as a field's type says. An empty cell is a missing value.</summary>
internal static class CsvCell
{
    /// <summary>The value, or the sentence that says why the cell has none.</summary>
    public static RowValue Read(string cell, FieldType type, out string? problem)
    {
        problem = null;
        if (cell.Length == 0) return RowValue.Missing;
        if (type is FieldType.Category or FieldType.Text) return RowValue.Of(cell);
        if (type is FieldType.Boolean) return ReadFlag(cell, out problem);
        var value = ReadNumber(cell, out problem);
        if (problem is not null || type != FieldType.Integer) return value;
        if (!double.IsInteger(value.Number)) problem = $"must be a whole number (is {CsvProblems.Shorten(cell)})";
        else if (Math.Abs(value.Number) > PayloadRule.LargestInteger) problem = $"must be a whole number within ±9007199254740991 (is {CsvProblems.Shorten(cell)})";
        return value;
    }

    private static RowValue ReadFlag(string cell, out string? problem)
    {
        problem = null;
        if (cell == "1" || cell.Equals("true", StringComparison.OrdinalIgnoreCase)) return RowValue.Of(true);
        if (cell == "0" || cell.Equals("false", StringComparison.OrdinalIgnoreCase)) return RowValue.Of(false);
        problem = $"must be true, false, 1 or 0 (is {CsvProblems.Shorten(cell)})";
        return RowValue.Missing;
    }

    private static RowValue ReadNumber(string cell, out string? problem)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            // "1e999" reads as infinite; "NaN" and "Infinity" are words and no digits.
            problem = double.IsFinite(number) ? null
                : cell.Any(char.IsAsciiDigit) ? $"{CsvProblems.Shorten(cell)} is outside what a double holds"
                : $"must be a finite number; a missing value is an empty cell (is {CsvProblems.Shorten(cell)})";
            return RowValue.Of(number);
        }

        var hint = cell.Contains(',', StringComparison.Ordinal) ? "; decimals are written with a point, without separators" : "";
        problem = $"must be a number (is {CsvProblems.Shorten(cell)}){hint}";
        return RowValue.Missing;
    }
}
