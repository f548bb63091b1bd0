using System.Globalization;

namespace ControlPlane.Domain.Registry;

/// <summary>One value of one row: a finite number, a text, or missing (NaN and null). A boolean is the text true or false.</summary>
public readonly record struct RowValue(double Number, string? Text)
{
    public static RowValue Missing { get; } = new(double.NaN, null);

    public bool IsMissing => Text is null && double.IsNaN(Number);

    public static RowValue Of(double number) => new(number, null);

    public static RowValue Of(string text) => new(double.NaN, text);

    public static RowValue Of(bool flag) => Of(flag ? "true" : "false");

    /// <summary>How a value is named among a category's values: a number in its shortest form that reads back the same.</summary>
    public string AsText() => Text ?? (Number == 0 ? "0" : Number.ToString("R", CultureInfo.InvariantCulture));
}
