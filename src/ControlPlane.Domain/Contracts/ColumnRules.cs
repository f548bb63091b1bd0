namespace ControlPlane.Domain.Contracts;

/// <summary>What each operation makes of a column: its kind, width and range, or why it cannot be applied.</summary>
internal static class ColumnRules
{
    /// <summary>The column that the step leaves at its target; null after a problem, told by field of the step.</summary>
    public static TracedColumn? Apply(ColumnStep step, TracedColumn source, Action<string, string> refuse)
    {
        if (source.IsRaw) return Refuse(refuse, "feature", $"{source.Name} is a raw tensor; {step.Op} takes single values");
        if (source.Width > 1) return Refuse(refuse, "feature", $"{source.Name} is {source.Width} columns by now; {step.Op} takes a single one");
        if (step is ClipStep or Log1pStep or StandardizeStep or MinMaxStep or BucketizeStep && source.Kind == ColumnKind.Text)
            return Refuse(refuse, "feature", $"{source.Name} is {source.KindInWords}; {step.Op} takes numbers");
        var target = step switch
        {
            ImputeStep impute => Impute(impute, source, refuse),
            ClipStep clip => Clip(clip, source),
            Log1pStep => Log1p(source, refuse),
            StandardizeStep standardize => Standardize(standardize, source),
            MinMaxStep scale => MinMax(scale, source),
            OneHotStep oneHot => CategoryRules.OneHot(oneHot, source, refuse),
            OrdinalStep ordinal => CategoryRules.Ordinal(ordinal, source, refuse),
            BucketizeStep bucketize => Bucketize(bucketize, source),
            CastStep cast => CategoryRules.Cast(cast, source, refuse),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Op, "This step has no rule."),
        };
        return target is null ? null : target with { Name = step.Target };
    }

    private static TracedColumn? Impute(ImputeStep step, TracedColumn source, Action<string, string> refuse)
    {
        if (!source.MayBeMissing)
        {
            return Refuse(refuse, "feature", source.Type is null || source.FilledText is not null || source.FilledNumber is not null
                ? $"{source.Name} is never missing here, after the steps before; drop the step"
                : $"{source.Name} is required and so never missing; say \"required\": false or drop the step");
        }

        var isText = source.Kind == ColumnKind.Text;
        if (isText != (step.Text is not null)) return Refuse(refuse, "value", $"must be {(isText ? "text" : "a number")}, as {source.Name} is {source.KindInWords}");
        if (source.Kind == ColumnKind.Integer && !double.IsInteger(step.Number!.Value)) return Refuse(refuse, "value", $"must be whole, as {source.Name} is an integer");
        if (source.Kind == ColumnKind.Boolean && step.Number is not (0 or 1)) return Refuse(refuse, "value", $"must be true or false, as {source.Name} is a boolean");
        return source with
        {
            MayBeMissing = false,
            FilledText = step.Text,
            FilledNumber = step.Number,
            Low = Math.Min(source.Low, step.Number ?? source.Low),
            High = Math.Max(source.High, step.Number ?? source.High),
        };
    }

    private static TracedColumn Clip(ClipStep step, TracedColumn source)
    {
        var (min, max) = (step.Min ?? double.NegativeInfinity, step.Max ?? double.PositiveInfinity);
        return Computed(source, ColumnKind.Number, Held(source.Low, min, max), Held(source.High, min, max));
    }

    private static TracedColumn? Log1p(TracedColumn source, Action<string, string> refuse)
    {
        if (source.Low > -1) return Computed(source, ColumnKind.Number, Math.Log(1 + source.Low), Math.Log(1 + source.High));
        var reach = double.IsNegativeInfinity(source.Low) ? "has no least value" : $"may be as small as {Plain.Number(source.Low)}";
        return Refuse(refuse, "feature", $"{source.Name} {reach}; log1p needs values above -1: give the input a min or clip it first");
    }

    private static TracedColumn Standardize(StandardizeStep step, TracedColumn source)
    {
        if (step.Scale == 0) return source with { IsBroken = true };
        var (one, other) = ((source.Low - step.Mean) / step.Scale, (source.High - step.Mean) / step.Scale);
        return Computed(source, ColumnKind.Number, Math.Min(one, other), Math.Max(one, other));
    }

    private static TracedColumn MinMax(MinMaxStep step, TracedColumn source)
    {
        if (step.Max <= step.Min || step.High <= step.Low) return source with { IsBroken = true };
        return Computed(source, ColumnKind.Number, Scale(source.Low), Scale(source.High));

        double Scale(double value)
        {
            var scaled = ((value - step.Min) / (step.Max - step.Min) * (step.High - step.Low)) + step.Low;
            return step.Clip ? Held(scaled, step.Low, step.High) : scaled;
        }
    }

    private static TracedColumn Bucketize(BucketizeStep step, TracedColumn source)
    {
        var bins = Math.Max(1, step.Edges.Count - 1);
        return step.OneHot
            ? Computed(source, ColumnKind.Boolean, 0, 1) with { Width = bins, MayBeMissing = false }
            : Computed(source, ColumnKind.Integer, 0, bins - 1);
    }

    /// <summary>A column whose values are new: nothing that was listed of the old ones holds.</summary>
    internal static TracedColumn Computed(TracedColumn source, ColumnKind kind, double low, double high) =>
        new(source.Name, kind, source.MayBeMissing) { Low = low, High = high, IsBroken = source.IsBroken };

    internal static TracedColumn? Refuse(Action<string, string> refuse, string field, string sentence)
    {
        refuse(field, sentence);
        return null;
    }

    // Not Math.Clamp, which throws where the contract's own limits are the wrong way round; that is told elsewhere.
    private static double Held(double value, double min, double max) => Math.Min(Math.Max(value, min), max);
}
