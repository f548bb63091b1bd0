using System.Runtime.InteropServices;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// A column of numbers. Lowest, highest and few distinct values are exact over all rows; deciles are exact up to <paramref name="capacity"/> values,
/// beyond it they are those of every second, fourth, … value, evenly over the file, so that memory stays bounded and the same file gives the same bins.
/// </summary>
internal sealed class NumberSurvey(string name, double? min, double? max, int capacity) : ColumnSurvey(name)
{
    // Up to here every value gets a bin of its own.
    private const int FewValues = BaselineBins.Bins;

    private readonly SortedSet<double> _distinct = [];
    private readonly List<double> _kept = [];
    private double _lowest = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;
    private long _seen;
    private long _every = 1;
    private IReadOnlyList<double> _edges = [];

    public override string? FixBins()
    {
        if (TooFew() is { } sentence) return sentence;
        _kept.Sort();
        _edges = _distinct.Count <= FewValues ? BaselineBins.EdgesAround([.. _distinct]) : BaselineBins.DecileEdges(CollectionsMarshal.AsSpan(_kept), _lowest, _highest);
        _kept.Clear();
        Counts = new long[_edges.Count + 1];
        return null;
    }

    protected override bool IsOutside(RowValue value) => value.Number < min || value.Number > max;

    protected override void Look(RowValue value)
    {
        // -0 and 0 are one value.
        var number = value.Number == 0 ? 0 : value.Number;
        _lowest = Math.Min(_lowest, number);
        _highest = Math.Max(_highest, number);
        if (_distinct.Count <= FewValues) _distinct.Add(number);
        if (_seen++ % _every != 0) return;
        if (_kept.Count == capacity) ThinOut();
        if ((_seen - 1) % _every == 0) _kept.Add(number);
    }

    protected override int BinOf(RowValue value) => BaselineBins.IndexOf(_edges, value.Number);

    protected override FeatureBaseline Write(IReadOnlyList<long> counts, long missing) => new(Name, _edges, [], counts, missing);

    private void ThinOut()
    {
        for (var i = 0; 2 * i < _kept.Count; i++) _kept[i] = _kept[2 * i];
        _kept.RemoveRange((_kept.Count + 1) / 2, _kept.Count / 2);
        _every *= 2;
    }
}
