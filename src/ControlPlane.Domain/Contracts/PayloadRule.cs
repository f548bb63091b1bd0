using System.Collections.Frozen;

namespace ControlPlane.Domain.Contracts;

/// <summary>
/// What one input of a contract lets through, made ready for a request's path. A check gives null for a good value, else the rule that it breaks;
/// what to say about that is made only then.
/// </summary>
public sealed class PayloadRule
{
    /// <summary>Whole numbers up to here are exact as doubles.</summary>
    public const double LargestInteger = 9007199254740991;
    private const int MostListed = 10;

    private readonly InputField _field;
    private readonly FrozenSet<string>? _values;
    private readonly NumberPlaces? _numbers;
    private readonly double _min;
    private readonly double _max;

    public PayloadRule(InputField field)
    {
        _field = field;
        _values = field is { Type: FieldType.Category, Unseen: UnseenPolicy.Reject } ? (field.Values ?? []).ToFrozenSet(StringComparer.Ordinal) : null;
        _numbers = field.AllowedNumbers is { } numbers ? new(numbers) : null;
        _min = field.Min ?? double.NegativeInfinity;
        _max = field.Max ?? double.PositiveInfinity;
    }

    /// <summary>A value that is null or absent. Optional ones are NaN or empty from here on.</summary>
    public BrokenRule? CheckMissing() => _field.Required ? BrokenRule.Missing : null;

    /// <summary>A number that came. NaN and infinities are no values: what is missing is left out or null.</summary>
    public BrokenRule? CheckNumber(double value)
    {
        if (!double.IsFinite(value)) return BrokenRule.Finite;
        if (_field.Type == FieldType.Integer && !(double.IsInteger(value) && Math.Abs(value) <= LargestInteger)) return BrokenRule.Whole;
        if (value < _min) return BrokenRule.Min;
        if (value > _max) return BrokenRule.Max;
        return _numbers is null || _numbers.Find(value) >= 0 ? null : BrokenRule.Values;
    }

    /// <summary>A text that came, for a category or a text. Its length counts characters, not the halves of surrogate pairs.</summary>
    public BrokenRule? CheckText(string value)
    {
        if (value.Length > _field.MaxLength && Length(value) > _field.MaxLength) return BrokenRule.MaxLength;
        return _values is null || _values.Contains(value) ? null : BrokenRule.Values;
    }

    public PayloadProblem DescribeMissing(string path) => new(path, BrokenRule.Missing, null, "is missing");

    public PayloadProblem DescribeTwice(string path) => new(path, BrokenRule.Twice, null, "is given twice");

    public PayloadProblem DescribeType(string path, FoundValue found) => new(path, BrokenRule.Type, found.Json, $"must be {Expected} (is {found.Text})");

    public PayloadProblem DescribeNumber(string path, BrokenRule broken, double value)
    {
        var found = FoundValue.OfNumber(value);
        return new(path, broken, found.Json, broken switch
        {
            BrokenRule.Finite => "must be a finite number",
            BrokenRule.Whole when double.IsInteger(value) => $"must be a whole number within ±{FoundValue.Write(LargestInteger)} (is {found.Text})",
            BrokenRule.Whole => $"must be a whole number (is {found.Text})",
            BrokenRule.Min => $"must be at least {FoundValue.Write(_min)} (is {found.Text})",
            BrokenRule.Max => $"must be at most {FoundValue.Write(_max)} (is {found.Text})",
            _ => $"{found.Text} is not one of {List(_field.AllowedNumbers!.Select(FoundValue.Write))}",
        });
    }

    public PayloadProblem DescribeText(string path, BrokenRule broken, string value) => new(path, broken, FoundValue.OfText(value).Json, broken switch
    {
        BrokenRule.MaxLength => $"must be at most {_field.MaxLength} characters long (has {Length(value)})",
        _ => $"{FoundValue.Shorten(value)} is not one of {List(_field.Values ?? [])}",
    });

    private string Expected => _field.Type switch
    {
        FieldType.Number => "a number",
        FieldType.Integer => "a whole number",
        FieldType.Boolean => "true or false",
        FieldType.Category or FieldType.Text => "text",
        FieldType.Tensor or FieldType.Explanation => "a list of values",
    };

    private static int Length(string value) => value.EnumerateRunes().Count();

    private static string List(IEnumerable<string> values)
    {
        var shown = values.Take(MostListed + 1).Select(FoundValue.Shorten).ToList();
        return shown.Count > MostListed ? $"{string.Join(", ", shown.Take(MostListed))}, …" : string.Join(", ", shown);
    }
}
