namespace ControlPlane.Domain.Registry;

/// <summary>
/// A column of categories, booleans, listed numbers or texts. The most frequent values get bins, those that the contract lists also when the
/// reference has none of them; all others share one, and so does what a closed list refuses. Values first met after <paramref name="capacity"/> different ones count among the others.
/// </summary>
internal sealed class ValueSurvey(string name, IReadOnlyList<string> listed, bool isClosed, int capacity) : ColumnSurvey(name)
{
    /// <summary>Characters of a value with a bin; longer ones are among the others.</summary>
    private const int MaxLength = 256;

    private readonly HashSet<string> _listed = listed.ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _seen = listed.Distinct(StringComparer.Ordinal).ToDictionary(value => value, _ => 0L, StringComparer.Ordinal);
    private Dictionary<string, int> _bins = [];
    private string[] _values = [];
    private bool _hasMore;

    /// <summary>
    /// Whether texts are few enough to be categories: at most <see cref="BaselineBins.MaxValues"/> different ones, each there twice on average.
    /// With more it is free text, whose single values say nothing about drift.
    /// </summary>
    public bool IsFreeText => _hasMore || _seen.Count > BaselineBins.MaxValues || 2 * _seen.Count > Present;

    public override string? FixBins()
    {
        if (TooFew() is { } sentence) return sentence;
        // Enumeration order breaks ties: the contract's order, then that of the file. The sort is stable.
        _values = [.. _seen.OrderByDescending(pair => pair.Value).Take(BaselineBins.MaxValues).Select(pair => pair.Key)];
        _bins = _values.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        Counts = new long[_values.Length + 1];
        return null;
    }

    protected override bool IsOutside(RowValue value) => isClosed && !_listed.Contains(value.AsText());

    protected override void Look(RowValue value)
    {
        var text = value.AsText();
        if (_seen.TryGetValue(text, out var count)) _seen[text] = count + 1;
        else if (!isClosed && _seen.Count < capacity && text.Length <= MaxLength) _seen[text] = 1;
        else _hasMore = true;
    }

    protected override int BinOf(RowValue value) => _bins.GetValueOrDefault(value.AsText(), _values.Length);

    protected override FeatureBaseline Write(IReadOnlyList<long> counts, long missing) => new(Name, [], _values, counts, missing);
}
