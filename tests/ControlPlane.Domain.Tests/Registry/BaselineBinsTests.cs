using ControlPlane.Domain.Registry;
using Xunit;

namespace ControlPlane.Domain.Tests.Registry;

/// <summary>Figures computed by numpy 1.24.2: <c>numpy.quantile(values, numpy.linspace(0, 1, 11))</c>, whose default method "linear" is definition 7.</summary>
public sealed class BaselineBinsTests
{
    private const double Rounding = 1e-12;

    [Fact]
    public void Quantile_of_the_worked_example_lies_between_two_values() => Assert.Equal(1.75, BaselineBins.Quantile([1, 2, 3, 4], 0.25));

    // From the documentation of numpy.quantile: the median of [[10, 7, 4], [3, 2, 1]] is 3.5.
    [Fact]
    public void Quantile_of_the_documented_example_is_numpys() => Assert.Equal(3.5, BaselineBins.Quantile([1, 2, 3, 4, 7, 10], 0.5));

    [Fact]
    public void Decile_edges_are_numpys()
    {
        double[] values = [2.5, 0.1, 7.3, 4.4, 9.9, 1.2, 3.8, 6.1, 5.0, 8.7, 2.2, 0.7];
        Array.Sort(values);
        AssertClose([0.1, 0.75, 1.4000000000000001, 2.2900000000000005, 3.0200000000000005, 4.1, 4.760000000000001, 5.770000000000001, 7.0600000000000005, 8.56, 9.9],
            BaselineBins.DecileEdges(values, values[0], values[^1]));
    }

    [Fact]
    public void Decile_edges_and_counts_are_numpys()
    {
        var values = Enumerable.Range(0, 40).Select(i => i * 37 % 101 / 7.0).Order().ToArray();
        var edges = BaselineBins.DecileEdges(values, values[0], values[^1]);
        AssertClose([0.0, 1.4142857142857144, 2.8285714285714287, 4.242857142857143, 5.542857142857144, 6.928571428571429, 8.314285714285715, 10.12857142857143, 11.514285714285716, 12.9, 14.285714285714286], edges);
        var counts = new int[edges.Count + 1];
        foreach (var value in values) counts[BaselineBins.IndexOf(edges, value)]++;
        Assert.Equal([0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0], counts);
    }

    [Fact]
    public void Quantile_between_the_ends_of_double_stays_finite() => Assert.Equal(0, BaselineBins.Quantile([-double.MaxValue, double.MaxValue], 0.5));

    [Fact]
    public void Equal_deciles_are_one_edge()
    {
        double[] values = [.. Enumerable.Repeat(0.0, 60), .. Enumerable.Range(1, 40).Select(i => (double)i)];
        var edges = BaselineBins.DecileEdges(values, 0, 40);
        Assert.Equal(6, edges.Count);
        Assert.Equal((0, 40), (edges[0], edges[^1]));
        Assert.Equal(edges.Order().Distinct(), edges);
    }

    // As in public marketing data: most clients were never contacted before, and -1 stands for that.
    [Fact]
    public void Value_of_most_rows_at_the_bottom_has_a_bin_of_its_own()
    {
        double[] values = [.. Enumerable.Repeat(-1.0, 36_954), .. Enumerable.Range(0, 8_257).Select(i => 1.0 + (i % 871)).Order()];
        var edges = BaselineBins.DecileEdges(values, -1, 871);
        Assert.Equal((-1, 0, 871), (edges[0], edges[1], edges[^1]));
        Assert.Equal([-1.0], AloneWith(-1, values, edges));
        Assert.NotEqual(BaselineBins.IndexOf(edges, -1), BaselineBins.IndexOf(edges, 100));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(20, 60)]
    [InlineData(49, 12)]
    [InlineData(99, 60)]
    [InlineData(99, 12)]
    public void Frequent_value_anywhere_has_a_bin_of_its_own(int place, int times)
    {
        double[] values = [.. Enumerable.Range(0, 100).Concat(Enumerable.Repeat(place, times)).Select(value => value / 3.0).Order()];
        var edges = BaselineBins.DecileEdges(values, values[0], values[^1]);
        Assert.Equal(edges.Order().Distinct(), edges);
        Assert.Equal((values[0], values[^1]), (edges[0], edges[^1]));
        // 12 of 112 are more than a tenth, too.
        Assert.Equal([place / 3.0], AloneWith(place / 3.0, values, edges));
    }

    [Fact]
    public void Frequent_value_beside_its_neighbouring_double_has_a_bin_of_its_own()
    {
        var above = double.BitIncrement(1);
        double[] values = [.. Enumerable.Range(-30, 30).Select(i => (double)i), .. Enumerable.Repeat(1.0, 30), .. Enumerable.Repeat(above, 30)];
        var edges = BaselineBins.DecileEdges(values, values[0], above);
        Assert.Equal([1.0], AloneWith(1, values, edges));
        Assert.Equal([above], AloneWith(above, values, edges));
    }

    [Theory]
    [InlineData(new[] { 0.0, 1.0 }, new[] { 0.0, 0.5, 1.0 })]
    [InlineData(new[] { 1.0, 2.0, 4.0 }, new[] { 1.0, 1.5, 3.0, 4.0 })]
    [InlineData(new[] { 7.0 }, new[] { 7.0, 7.000000000000001 })]
    public void Few_values_get_a_bin_each(double[] values, double[] edges) => Assert.Equal(edges, BaselineBins.EdgesAround(values));

    [Fact]
    public void Neighbouring_doubles_still_have_bins_of_their_own()
    {
        double[] values = [double.MaxValue, 1, double.BitIncrement(1), double.BitIncrement(double.BitIncrement(1))];
        Array.Sort(values);
        var edges = BaselineBins.EdgesAround(values[..3]);
        Assert.Equal([1, 2, 3], values[..3].Select(value => BaselineBins.IndexOf(edges, value)));
        Assert.Equal(1, BaselineBins.IndexOf(BaselineBins.EdgesAround([double.MaxValue]), double.MaxValue));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(9.99, 1)]
    [InlineData(10, 2)]
    [InlineData(20, 2)]
    [InlineData(20.01, 3)]
    public void Bins_are_closed_below_and_the_last_one_above_too(double value, int bin) => Assert.Equal(bin, BaselineBins.IndexOf([0, 10, 20], value));

    private static IEnumerable<double> AloneWith(double value, double[] values, IReadOnlyList<double> edges) =>
        values.Where(other => BaselineBins.IndexOf(edges, other) == BaselineBins.IndexOf(edges, value)).Distinct();

    private static void AssertClose(double[] expected, IReadOnlyList<double> edges)
    {
        Assert.Equal(expected.Length, edges.Count);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], edges[i], Rounding);
    }
}
