using ControlPlane.Domain.Registry;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Registry;

public sealed class GoldenFiguresTests
{
    private static GoldenReport Report(int failed, GoldenStage? first) => new(60, failed, failed == 0 ? 6.4e-8 : 0.31, first, [], "local-1", Samples.Now);

    private static GoldenRow Row(int line, GoldenStage? stage, string expected, double? difference) =>
        new(line, stage, "{}", null, [new(stage ?? GoldenStage.Postprocessing, "score", expected, "0", difference)]);

    [Fact]
    public void Path_marks_the_first_stage_that_parts_and_what_follows() => Assert.Equal(
        ["✓ accepted", "✕ differs here", "– follows from it", "– follows from it"],
        GoldenFigures.Stages(Report(3, GoldenStage.Preprocessing)).Select(state => state.Text));

    [Fact]
    public void Difference_at_the_end_alone_blames_no_stage_and_calls_none_good()
    {
        Assert.All(GoldenFigures.Stages(Report(3, null)), state => Assert.Equal(("no-data", "? not known"), (state.Tone, state.Text)));
        Assert.True(GoldenFigures.WouldStagesHelp(Report(3, null)));
    }

    [Fact]
    public void Stage_without_expectations_is_not_tested()
    {
        Assert.Equal(
            ["✓ accepted", "– not tested", "✓ agrees", "✓ agrees"],
            GoldenFigures.Stages(Report(0, null) with { Stages = [GoldenStage.Model, GoldenStage.Postprocessing] }).Select(state => state.Text));
        Assert.Equal("– not tested", GoldenFigures.Stages(Report(3, GoldenStage.Model) with { Stages = [GoldenStage.Model] })[1].Text);
        Assert.Equal(("no-data", "– not known whether tested"), (GoldenFigures.Stages(Report(0, null))[1].Tone, GoldenFigures.Stages(Report(0, null))[1].Text));
    }

    [Fact]
    public void Row_that_parts_never_looks_as_if_it_agreed()
    {
        Assert.Equal(("fail", "✕ differs, stage not known"), GoldenFigures.Look(Row(1, null, "1", 0.5)));
        Assert.Equal(("fail", "✕ no answer"), GoldenFigures.Look(new(1, null, "{}", "refused", [])));
        Assert.Equal(("fail", "✕ Model"), GoldenFigures.Look(Row(1, GoldenStage.Model, "1", 0.5)));
    }

    [Fact]
    public void Worst_rows_go_by_stage_then_by_the_difference_over_its_tolerance()
    {
        var report = Report(4, GoldenStage.Preprocessing) with
        {
            Worst = [Row(1, null, "0.5", 0.9), Row(2, GoldenStage.Model, "1000000", 20), Row(3, GoldenStage.Model, "0.5", 0.1), Row(4, GoldenStage.Preprocessing, "0.1", 0.001)],
        };
        Assert.Equal([4, 3, 2, 1], GoldenFigures.Worst(report).Select(row => row.Line));
        Assert.Equal("0.1, 10,000 × tolerance", GoldenFigures.Largest(report.Worst[2]));
        Assert.Equal("20, 2 × tolerance", GoldenFigures.Largest(report.Worst[1]));
        Assert.Equal("–", GoldenFigures.Largest(Row(5, null, "\"allow\"", null)));
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
