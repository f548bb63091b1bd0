using Bunit;
using ControlPlane.Domain.Access;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Access;
using ControlPlane.Web.Serving;

namespace ControlPlane.Web.Tests.Pages;

public sealed class FleetAndHistoryTests : PageTest
{
    [Fact]
    public async Task Fleet_shows_state_placements_and_generations()
    {
        var page = await Page<FleetPage>(Samples.Canary with { Nodes = [Samples.Node("local-1", NodeState.Ready), Samples.Node("local-2", NodeState.Lost)] });
        Assert.Contains("1 of 2 nodes ready", page.Find(".head .sub").TextContent);
        Assert.Contains("✕ Lost", page.FindAll("section")[1].TextContent);
        Assert.Contains("serving process", page.Find("tbody tr").TextContent);
    }

    [Fact]
    public async Task Node_that_is_silent_and_a_placement_that_is_behind_are_amber()
    {
        var silent = Samples.Node("local-2", NodeState.Ready) with { LastReportAt = Samples.Now.AddSeconds(-10), Generations = new Dictionary<string, long> { ["fraud-scoring"] = 6 } };
        var page = await Page<FleetPage>(Samples.Canary with { Nodes = [Samples.Node("local-1", NodeState.Ready), silent] });
        Assert.Contains("1 of 2 nodes ready", page.Find(".head .sub").TextContent);
        Assert.Equal(["✓ Ready", "✓ Ready"], page.FindAll("section")[0].QuerySelectorAll(".chip.pass").Select(chip => chip.TextContent));
        Assert.Equal(["! Silent for 10 s", "! 1 behind"], page.FindAll("section")[1].QuerySelectorAll(".chip.hold").Select(chip => chip.TextContent));
    }

    [Fact]
    public async Task Fleet_without_nodes_says_how_one_enlists()
    {
        var page = await Page<FleetPage>(Samples.Empty);
        Assert.Equal("No node has enlisted", page.Find(".empty h2").TextContent);
    }

    [Fact]
    public async Task History_asks_for_the_instant_of_the_address()
    {
        Sender.Answer<ListReleases, IReadOnlyList<ReleaseView>>(_ =>
            [new("fraud-scoring", "production", 12, "sha256:aabbccddeeff", Samples.Now.AddDays(-1), null, ReleaseCause.Promoted, "ana", "better", 57, 7)]);
        var page = await Page<ReleasesPage>(Samples.Canary, "releases?model=fraud-scoring&at=2026-11-22T10:00:00");
        Assert.Equal(new ListReleases("fraud-scoring", "production", new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)), Sender.Sent[^1]);
        var row = page.Find("tbody tr").TextContent;
        Assert.Contains("aabbccdd", row);
        Assert.Contains("● serving", row);
    }

    [Fact]
    public async Task History_that_is_refused_says_why()
    {
        Sender.Answer<ListReleases, IReadOnlyList<ReleaseView>>(_ => throw new RefusedException(RefusalKind.Forbidden, "ana may not see releases."));
        var page = await Page<ReleasesPage>(Samples.Canary);
        Assert.Contains("ana may not see releases.", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task New_key_shows_its_secret_once()
    {
        var view = new ApiKeyView(Guid.NewGuid(), "pipeline", "cp_1234", Role.DataScientist, Samples.Now, "ana", null, null);
        Sender.Answer<ListApiKeys, IReadOnlyList<ApiKeyView>>(_ => [view]).Answer<CreateApiKey, CreatedApiKey>(_ => new(view, "cp_1234secret"));
        var page = await Page<AccessPage>(Samples.Empty);
        page.Find("input[name=name]").Change("pipeline");
        page.Find("form").Submit();
        Assert.Equal("cp_1234secret", page.Find("#secret").TextContent);
        Assert.Contains(new CreateApiKey("pipeline", Role.DataScientist), Sender.Sent);
    }
}
