namespace ControlPlane.Domain.Contracts;

/// <summary>What one_hot, ordinal and cast make of a column, which depends on the values that it may take.</summary>
internal static class CategoryRules
{
    public static TracedColumn? OneHot(OneHotStep step, TracedColumn source, Action<string, string> refuse)
    {
        if (Listed(step.Values, source, refuse) is not { } categories) return null;
        var width = categories.Count - (step.DropFirst ? 1 : 0);
        if (width == 0) return ColumnRules.Refuse(refuse, "drop_first", "leaves no column: there is one category alone");
        return ColumnRules.Computed(source, ColumnKind.Boolean, 0, 1) with { Width = width, MayBeMissing = false };
    }

    public static TracedColumn? Ordinal(OrdinalStep step, TracedColumn source, Action<string, string> refuse)
    {
        if (Listed(step.Values, source, refuse) is not { } categories) return null;
        if (step.UnseenValue is null && MeetsUnseen(source, categories))
        {
            return ColumnRules.Refuse(
                refuse, "unseen_value", $"is missing: {source.Name} may have values that are not listed here, and they need a number");
        }

        double[] numbers = [0, categories.Count - 1, .. Given(step.UnseenValue), .. Given(step.MissingValue)];
        var kind = numbers.All(double.IsInteger) ? ColumnKind.Integer : ColumnKind.Number;
        return ColumnRules.Computed(source, kind, numbers.Min(), numbers.Max()) with { MayBeMissing = source.MayBeMissing && step.MissingValue is null };
    }

    public static TracedColumn? Cast(CastStep step, TracedColumn source, Action<string, string> refuse)
    {
        if (source.Kind == ColumnKind.Text) return CastText(step, source, refuse);
        return step.To switch
        {
            CastTarget.Number => source with { Kind = source.Kind == ColumnKind.Number ? ColumnKind.Number : ColumnKind.Integer, Type = null },
            CastTarget.Integer => ColumnRules.Computed(source, ColumnKind.Integer, Math.Truncate(source.Low), Math.Truncate(source.High)),
            CastTarget.Boolean => ColumnRules.Computed(source, ColumnKind.Boolean, 0, 1) with { Categories = new(null, [0, 1]), IsOpen = false },
            CastTarget.Text => ColumnRules.Computed(source, ColumnKind.Text, double.NegativeInfinity, double.PositiveInfinity) with
            {
                Categories = Texts(source),
                IsOpen = source.IsOpen || source.FilledNumber is not null,
            },
        };
    }

    private static TracedColumn? CastText(CastStep step, TracedColumn source, Action<string, string> refuse)
    {
        if (step.To == CastTarget.Text) return ColumnRules.Refuse(refuse, "to", $"{source.Name} is text already");
        if (source.IsOpen || source.Categories?.Texts is not { } texts)
            return ColumnRules.Refuse(refuse, "to", $"{source.Name} may be any text; only a category whose listed values all read as numbers can be cast");
        var numbers = new List<double>();
        foreach (var text in source.FilledText is { } filled ? texts.Append(filled) : texts)
        {
            var number = TextToNumber.Read(text);
            if (double.IsNaN(number)) return ColumnRules.Refuse(refuse, "to", $"{Plain.Short(text)}, a value of {source.Name}, does not read as a number");
            numbers.Add(step.To switch
            {
                CastTarget.Integer => Math.Truncate(number),
                CastTarget.Boolean => number == 0 ? 0 : 1,
                CastTarget.Number or CastTarget.Text => number,
            });
        }

        var kind = step.To switch
        {
            CastTarget.Integer => ColumnKind.Integer,
            CastTarget.Boolean => ColumnKind.Boolean,
            CastTarget.Number or CastTarget.Text => ColumnKind.Number,
        };
        return ColumnRules.Computed(source, kind, numbers.Min(), numbers.Max()) with { Categories = new(null, [.. numbers.Distinct()]), IsOpen = false };
    }

    private static CategoryList? Texts(TracedColumn source) => source switch
    {
        { Kind: ColumnKind.Boolean } => new(["false", "true"], null),
        { Categories.Numbers: { } numbers } => new([.. numbers.Select(Plain.Number)], null),
        _ => null,
    };

    /// <summary>The categories the step goes by, when there are any and they are of the column's kind.</summary>
    private static CategoryList? Listed(CategoryList? given, TracedColumn source, Action<string, string> refuse)
    {
        if ((given ?? source.Categories) is not { } categories)
        {
            refuse("values", $"must be given, as {source.Name} is {source.KindInWords} that lists no values");
            return null;
        }

        // An empty list is told by whoever read it.
        if (categories.Count == 0) return null;
        var isText = source.Kind == ColumnKind.Text;
        if (isText != categories.Texts is not null)
        {
            refuse("values", $"must be {(isText ? "texts" : "numbers")}, as {source.Name} is {source.KindInWords}");
            return null;
        }

        foreach (var (i, number) in (categories.Numbers ?? []).Index())
        {
            var isOff = source.Kind switch
            {
                ColumnKind.Integer => !double.IsInteger(number),
                ColumnKind.Boolean => number is not (0 or 1),
                _ => false,
            };
            if (!isOff) continue;
            refuse($"values/{i}", $"{Plain.Number(number)} can never be a value of {source.Name}, which is {source.KindInWords}");
            return null;
        }

        return categories;
    }

    private static bool MeetsUnseen(TracedColumn source, CategoryList categories)
    {
        if (source.IsOpen || source.Categories is null) return true;
        if (categories.Texts is { } texts) return Misses(texts, source.Categories.Texts, source.FilledText is { } text ? [text] : []);
        return Misses(categories.Numbers!, source.Categories.Numbers, Given(source.FilledNumber));
    }

    private static bool Misses<T>(IReadOnlyList<T> listed, IReadOnlyList<T>? possible, IEnumerable<T> filled)
    {
        var known = listed.ToHashSet();
        return possible is null || !possible.Concat(filled).All(known.Contains);
    }

    private static double[] Given(double? number) => number is { } value ? [value] : [];
}
