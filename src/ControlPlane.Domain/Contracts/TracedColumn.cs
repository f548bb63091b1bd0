namespace ControlPlane.Domain.Contracts;

/// <summary>What is known of a column at one place among the steps, before any row came.</summary>
/// <param name="MayBeMissing">Whether a row may have no value here: NaN, or empty for text.</param>
internal sealed record TracedColumn(string Name, ColumnKind Kind, bool MayBeMissing)
{
    /// <summary>Columns that it stands for: more than one after one_hot.</summary>
    public int Width { get; init; } = 1;

    /// <summary>The values it is known to take, in order; null when there is no list.</summary>
    public CategoryList? Categories { get; init; }

    /// <summary>Whether values outside <see cref="Categories"/> may come.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>The least value that may come.</summary>
    public double Low { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value that may come.</summary>
    public double High { get; init; } = double.PositiveInfinity;

    /// <summary>A text that an impute put in the place of missing ones.</summary>
    public string? FilledText { get; init; }

    /// <summary>A number that an impute put in the place of missing ones.</summary>
    public double? FilledNumber { get; init; }

    /// <summary>The input's own type as long as no step changed it.</summary>
    public FieldType? Type { get; init; }

    /// <summary>A raw tensor, which no step reads.</summary>
    public bool IsRaw => Type == FieldType.Tensor;

    /// <summary>A step that makes it is wrong, and that is told already.</summary>
    public bool IsBroken { get; init; }

    /// <summary>"an integer", "a category".</summary>
    public string KindInWords => Width > 1 ? $"{Width} columns" : Type is { } type ? Plain.Kind(type) : Kind switch
    {
        ColumnKind.Number => "a number",
        ColumnKind.Integer => "an integer",
        ColumnKind.Boolean => "a boolean",
        ColumnKind.Text => "a text",
    };

    /// <summary>The column of an input, before any step.</summary>
    public static TracedColumn Of(InputField input)
    {
        var column = new TracedColumn(input.Name, KindOf(input.Type), !input.Required || input.Unseen == UnseenPolicy.Missing) { Type = input.Type };
        return input.Type switch
        {
            FieldType.Boolean => column with { Categories = new(null, [0, 1]), IsOpen = false, Low = 0, High = 1 },
            FieldType.Category when input.Values is { } values => column with { Categories = new(values, null), IsOpen = input.Unseen == UnseenPolicy.Accept },
            FieldType.Number or FieldType.Integer => column with
            {
                Categories = input.AllowedNumbers is { } listed ? new(null, listed) : null,
                IsOpen = input.AllowedNumbers is null,
                Low = Math.Max(input.Min ?? double.NegativeInfinity, Least(input.AllowedNumbers)),
                High = Math.Min(input.Max ?? double.PositiveInfinity, Largest(input.AllowedNumbers)),
            },
            _ => column,
        };
    }

    private static ColumnKind KindOf(FieldType type) => type switch
    {
        FieldType.Number => ColumnKind.Number,
        FieldType.Integer => ColumnKind.Integer,
        FieldType.Boolean => ColumnKind.Boolean,
        FieldType.Category or FieldType.Text or FieldType.Tensor or FieldType.Explanation => ColumnKind.Text,
    };

    private static double Least(IReadOnlyList<double>? listed) => listed is { Count: > 0 } ? listed.Min() : double.NegativeInfinity;

    private static double Largest(IReadOnlyList<double>? listed) => listed is { Count: > 0 } ? listed.Max() : double.PositiveInfinity;
}
