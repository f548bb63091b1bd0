using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Rollouts;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Contracts;

public sealed class ChangeWordsTests
{
    [Fact]
    public void Summary_names_the_worst_first_and_leaves_out_what_is_not_there()
    {
        Assert.Equal("1 breaking, 2 additive", ChangeWords.Summary([ChangeKind.Additive, ChangeKind.Breaking, ChangeKind.Additive]));
        Assert.Equal("nothing", ChangeWords.Summary([]));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData("0.6", "0.6")]
    [InlineData("[1,2]", "[1,2]")]
    [InlineData("no json", "no json")]
    public void Plain_values_stay_as_they_are(string? json, string text) => Assert.Equal(text, ChangeWords.Value(json));

    [Fact]
    public void Long_values_are_laid_out_over_lines() =>
        Assert.Equal(6, ChangeWords.Value("""[{"at_least":0.9,"decision":"block and tell somebody"}]""").Split('\n').Length);

    [Fact]
    public void Standing_is_that_of_the_hardest_obstacle()
    {
        Assert.Equal("fail", ChangeWords.Standing(Comparisons.Renamed).Tone);
        Assert.Equal("hold", ChangeWords.Standing(Comparisons.Renamed with { BlockedBy = [] }).Tone);
        Assert.Equal("pass", ChangeWords.Standing(Comparisons.Renamed with { BlockedBy = [], MustName = [] }).Tone);
    }

    [Fact]
    public void Obstacles_are_what_nobody_accepted_and_whom_nobody_heard()
    {
        Assert.Equal(["accepted_changes", "consumers"], ComparisonObstacles.Of(Comparisons.Renamed, new HashSet<string>()).Select(problem => problem.Path));
        Assert.Equal(["consumers"], ComparisonObstacles.Of(Comparisons.Renamed, new HashSet<string> { "outputs/score" }).Select(problem => problem.Path));
        Assert.Empty(ComparisonObstacles.Of(null, new HashSet<string>()));
    }

    [Fact]
    public void Versions_that_come_next_are_that_of_the_open_rollout_and_the_newest_ready_one()
    {
        Assert.Equal([14], ConsumerWaits.Next(Samples.Model, null));
        Assert.Equal([13, 14], ConsumerWaits.Next(Samples.Model, 13));
        Assert.Empty(ConsumerWaits.Next(Samples.Model with { Champion = null }, null));
        Assert.Empty(ConsumerWaits.Next(Samples.Model with { Champion = 14 }, null));
    }

    [Fact]
    public void Nobody_waits_where_the_mode_blocks_nothing()
    {
        Assert.Single(ConsumerWaits.Of(Comparisons.Renamed));
        Assert.Empty(ConsumerWaits.Of(Comparisons.Renamed with { Mode = CompatibilityMode.None }));
    }
}
