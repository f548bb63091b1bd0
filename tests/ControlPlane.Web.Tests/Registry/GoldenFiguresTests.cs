using ControlPlane.Domain.Registry;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Registry;

public sealed class GoldenFiguresTests
{
    private static GoldenReport Report(int failed, GoldenStage? first) => new(60, failed, failed == 0 ? 6.4e-8 : 0.31, first, [], "local-1", Samples.Now);

    [Fact]
    public void Path_marks_the_first_stage_that_parts_and_what_follows() => Assert.Equal(
        ["✓ agrees", "✕ differs here", "– follows from it", "– follows from it"],
        GoldenFigures.Stages(Report(3, GoldenStage.Preprocessing)).Select(state => state.Text));

    [Fact]
    public void Difference_at_the_end_alone_calls_no_earlier_stage_good()
    {
        Assert.Equal(["? not known", "? not known", "? not known", "✕ differs"], GoldenFigures.Stages(Report(3, null)).Select(state => state.Text));
        Assert.True(GoldenFigures.WouldStagesHelp(Report(3, null)));
    }

    [Fact]
    public void Answer_counts_rows_and_says_how_far_off()
    {
        Assert.Equal("yes: all 60 come back, the largest difference is 6.4e-8", GoldenFigures.Sentence(Report(0, null)));
        Assert.Equal("no: 3 of 60 samples do not, by up to 0.31", GoldenFigures.Sentence(Report(3, null)));
    }

    [Theory]
    [InlineData("p99_milliseconds", 3.347, "p99 3.35 ms")]
    [InlineData("growth_megabytes", 12.345, "growth 12.3 MB")]
    [InlineData("resident_bytes", 2048, "resident 2.0 KB")]
    [InlineData("samples", 1200, "samples 1,200")]
    [InlineData("max_difference", 6.4e-8, "max difference 6.4e-8")]
    [InlineData("share_percent", 12.5, "share 12.5 %")]
    public void Figure_has_its_unit(string key, double value, string words) => Assert.Equal(words, FigureWords.Of(key, value));
}
