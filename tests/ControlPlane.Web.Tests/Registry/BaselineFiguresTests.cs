using ControlPlane.Domain.Registry;
using ControlPlane.Web.Registry;

namespace ControlPlane.Web.Tests.Registry;

public sealed class BaselineFiguresTests
{
    private static readonly FeatureBaseline Amount = new("amount", [0, 10, 30, 100], [], [5, 100, 100, 70, 10], 15);
    private static readonly FeatureBaseline Country = new("country", [], ["DE", "FR"], [60, 30, 10], 0);

    [Fact]
    public void Bars_are_of_one_width_and_as_high_as_their_rows()
    {
        var bars = BaselineFigures.Bars(Amount, "EUR");
        Assert.Equal([0, 0.333333, 0.666667], bars.Select(bar => Math.Round(bar.Left, 6)));
        Assert.Equal([1, 1, 0.7], bars.Select(bar => Math.Round(bar.Height, 6)));
        Assert.Equal("10 to 30 EUR: 100 rows, 33.3 %", bars[1].Title);
        Assert.Equal("highest bar: 100 rows, 33.3 %", BaselineFigures.Scale(Amount));
        Assert.Equal("edges 0, 10, 30, 100", BaselineFigures.Edges(Amount));
    }

    [Fact]
    public void What_has_no_bar_is_said() => Assert.Equal(["5 % missing", "1.7 % below", "3.3 % above"], BaselineFigures.Beside(Amount));

    [Fact]
    public void Sentence_names_range_and_middle() => Assert.Equal("amount: 0 to 100 in 3 bins, half of the rows below 30", BaselineFigures.Sentence(Amount));

    [Fact]
    public void Categories_are_ordered_by_share_with_others_last() => Assert.Equal(
        [new("DE", 0.6), new("FR", 0.3), new("others", 0.1)], BaselineFigures.Shares(Country));

    [Fact]
    public void Single_edge_draws_nothing() => Assert.Empty(BaselineFigures.Bars(new("constant", [4], [], [0, 10], 0)));
}
