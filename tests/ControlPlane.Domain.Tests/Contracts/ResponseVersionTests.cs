using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class ResponseVersionTests
{
    private static readonly ResponseForm Both = new("2.1", new("1.3", [new("score", "risk", 100, 5), new("decision", "decision", Values: new Dictionary<string, string> { ["manual"] = "review" })]));

    [Theory]
    [InlineData(null, false, null)]
    [InlineData("2", false, null)]
    [InlineData("2.0", false, null)]
    [InlineData("1", true, null)]
    [InlineData("1.3", true, null)]
    [InlineData("1.9", true, null)]
    [InlineData("3", false, "3 is not served by version 7; served are 2.1 and 1.3. Until a version with it is the champion, ask for 2")]
    [InlineData("0.9", false, "0.9 is not served by version 7; served are 2.1 and 1.3")]
    [InlineData("", false, "must not be empty; give a major version or major.minor, as in 1 or 1.3, or leave it out")]
    [InlineData(" ", false, "must not be empty; give a major version or major.minor, as in 1 or 1.3, or leave it out")]
    [InlineData("v1", false, "must be a major version or major.minor, as in 1 or 1.3 (is v1)")]
    [InlineData("1.", false, "must be a major version or major.minor, as in 1 or 1.3 (is 1.)")]
    [InlineData("1.3.0", false, "must be a major version or major.minor, as in 1 or 1.3 (is 1.3.0)")]
    [InlineData("-1", false, "must be a major version or major.minor, as in 1 or 1.3 (is -1)")]
    [InlineData("99999999999999999999999", false, "must be a major version or major.minor, as in 1 or 1.3 (is 9999999999999999999…)")]
    public void Of_a_wish_is_the_form_of_its_major_or_a_refusal(string? wanted, bool isPrevious, string? refusal) =>
        Assert.Equal(new(isPrevious, refusal), ResponseVersionChoice.Of(Both, wanted, version: 7));

    [Fact]
    public void Of_a_version_with_one_form_names_it() =>
        Assert.Equal("1 is not served by version 3; served is 2.0", ResponseVersionChoice.Of(new("2.0"), "1", version: 3).Refusal);

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void Unasked_gives_the_form_of_the_champions_major_where_it_is_served(int? championMajor, bool isPrevious) =>
        Assert.Equal(new(isPrevious, null), ResponseVersionChoice.Unasked(Both, championMajor));

    [Fact]
    public void Render_scales_numbers_and_renames_texts()
    {
        var (score, decision) = (Both.Previous!.Fields[0], Both.Previous.Fields[1]);

        Assert.Equal(77, score.Render(0.72));
        Assert.Equal(("review", "block"), (decision.Render("manual"), decision.Render("block")));
        Assert.Equal((true, false), (score.IsScaled, decision.IsScaled));
        Assert.Equal("manual", score.Render("manual"));
    }
}
