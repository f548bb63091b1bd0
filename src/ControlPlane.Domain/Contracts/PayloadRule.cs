using System.Collections.Frozen;
using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>
/// What one input of a contract lets through, made ready for a request's path. Every check gives null for a good value, else the sentence that
/// follows the field's name.
/// </summary>
public sealed class PayloadRule
{
    /// <summary>Whole numbers up to here are exact as doubles.</summary>
    public const double LargestInteger = 9007199254740991;

    private readonly InputField _field;
    private readonly FrozenSet<string>? _values;
    private readonly double _min;
    private readonly double _max;

    public PayloadRule(InputField field)
    {
        _field = field;
        _values = field is { Type: FieldType.Category, Unseen: UnseenPolicy.Reject } ? (field.Values ?? []).ToFrozenSet(StringComparer.Ordinal) : null;
        _min = field.Min ?? double.NegativeInfinity;
        _max = field.Max ?? double.PositiveInfinity;
    }

    /// <summary>A value that is null or absent. Optional ones are NaN or empty from here on.</summary>
    public string? CheckMissing() => _field.Required ? "is missing" : null;

    /// <summary>A number that came. NaN and infinities are no values: what is missing is left out or null.</summary>
    public string? CheckNumber(double value)
    {
        if (!double.IsFinite(value)) return "must be a finite number";
        if (_field.Type == FieldType.Integer)
        {
            if (!double.IsInteger(value)) return $"must be a whole number (is {Write(value)})";
            if (Math.Abs(value) > LargestInteger) return $"must be a whole number within ±{Write(LargestInteger)} (is {Write(value)})";
        }

        if (value < _min) return $"must be at least {Write(_min)} (is {Write(value)})";
        return value > _max ? $"must be at most {Write(_max)} (is {Write(value)})" : null;
    }

    /// <summary>A text that came, for a category or a text.</summary>
    public string? CheckText(string value) =>
        _values is null || _values.Contains(value) ? null : $"{Shorten(value)} is not one of {string.Join(", ", _field.Values!.Take(10))}{(_field.Values!.Count > 10 ? ", …" : "")}";

    /// <summary>The sentence for a value of the wrong type.</summary>
    public string WrongType(string found) => $"must be {Expected} (is {found})";

    private string Expected => _field.Type switch
    {
        FieldType.Number => "a number",
        FieldType.Integer => "a whole number",
        FieldType.Boolean => "true or false",
        FieldType.Category or FieldType.Text => "text",
        FieldType.Tensor or FieldType.Explanation => "a list of values",
    };

    private static string Write(double value) => Math.Abs(value) is >= 1e15 or < 1e-5 and not 0
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : value.ToString("0.###############", CultureInfo.InvariantCulture);

    private static string Shorten(string value) => value.Length <= 60 ? value : value[..57] + "…";
}
