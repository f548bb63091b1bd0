namespace ControlPlane.Domain.Registry;

/// <summary>One column of a reference, seen twice: surveyed to find its bins, then counted into them.</summary>
internal abstract class ColumnSurvey(string name)
{
    public string Name { get; } = name;

    /// <summary>Values that are there.</summary>
    public long Present { get; private set; }

    /// <summary>Values that the contract would refuse in a request.</summary>
    public long Outside { get; private set; }

    protected long[] Counts { get; set; } = [];

    private long Missing { get; set; }

    public void Survey(RowValue value)
    {
        if (value.IsMissing) return;
        Present++;
        if (IsOutside(value)) Outside++;
        Look(value);
    }

    public void Count(RowValue value)
    {
        if (value.IsMissing) Missing++;
        else Counts[BinOf(value)]++;
    }

    /// <summary>Ends the survey; null when there are bins, else the sentence that follows the name.</summary>
    public abstract string? FixBins();

    public FeatureBaseline Distribution() => Write(Counts, Missing);

    protected string? TooFew() => Present >= BaselineBins.MinValues ? null
        : $"has {(Present == 0 ? "no values" : Present == 1 ? "1 value" : $"{Present} values")}; bins need at least {BaselineBins.MinValues}";

    protected abstract bool IsOutside(RowValue value);

    protected abstract void Look(RowValue value);

    protected abstract int BinOf(RowValue value);

    protected abstract FeatureBaseline Write(IReadOnlyList<long> counts, long missing);
}
