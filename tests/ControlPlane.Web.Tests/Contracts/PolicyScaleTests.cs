using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Contracts;

namespace ControlPlane.Web.Tests.Contracts;

public sealed class PolicyScaleTests
{
    private static readonly DecisionPolicy Policy = new("score", [new(0.9, "block"), new(0.6, "review")], "allow", [new([new("country", "US"), new("web", "true")], [new(0.95, "block")], "watch")]);

    private static OutputField Score(double? min = 0, double? max = 1, string? direction = "higher_is_riskier") => new("score", "p", 1, FieldType.Number, min, max, Direction: direction);

    [Fact]
    public void Bands_lie_on_the_range_of_the_score()
    {
        var row = PolicyScale.Rows(Policy, [Score()])[0];
        Assert.Equal("All others: allow below 0.6, review from 0.6 to below 0.9, block from 0.9", row.Sentence);
        Assert.Equal([(0, 0.6), (0.6, 0.9), (0.9, 1)], row.Bands.Select(band => (band.From, band.To)));
        Assert.Equal(["pass", "hold", "fail"], row.Bands.Select(band => band.Tone));
    }

    [Fact]
    public void Segment_has_its_own_row_and_a_decision_its_colour_everywhere()
    {
        var rows = PolicyScale.Rows(Policy with { Overrides = [new([new("country", "US")], [new(0.95, "block")])] }, [Score()]);
        Assert.Equal("country US: allow below 0.95, block from 0.95", rows[1].Sentence);
        Assert.Equal(["pass", "fail"], rows[1].Bands.Select(band => band.Tone));
    }

    [Fact]
    public void Override_names_all_its_conditions_and_its_own_otherwise() =>
        Assert.Equal("country US and web true: watch below 0.95, block from 0.95", PolicyScale.Rows(Policy, [Score()])[1].Sentence);

    [Fact]
    public void Low_scores_are_red_when_they_are_the_risky_ones() =>
        Assert.Equal(["fail", "hold", "pass"], PolicyScale.Rows(Policy with { Overrides = null }, [Score(direction: "lower_is_riskier")])[0].Bands.Select(band => band.Tone));

    [Fact]
    public void Without_a_direction_no_decision_looks_good_or_bad() =>
        Assert.Equal(["plain-0", "plain-1", "plain-2"], PolicyScale.Rows(Policy with { Overrides = null }, [Score(direction: null)])[0].Bands.Select(band => band.Tone));

    [Fact]
    public void Score_without_a_range_gets_room_beyond_its_thresholds()
    {
        var (low, high) = PolicyScale.Ends(new("score", [new(100, "a"), new(200, "b")], "c"), [Score(null, null)]);
        Assert.Equal((80, 220), (low, high));
    }

    [Fact]
    public void Threshold_beyond_the_range_leaves_its_band_without_width() =>
        Assert.Equal(0, PolicyScale.Rows(new("score", [new(1.5, "never")], "always"), [Score()])[0].Bands[1].Width);
}
