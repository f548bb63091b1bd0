using Bunit;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Live;
using ControlPlane.Web.Registry;

namespace ControlPlane.Web.Tests.Pages;

public sealed class VersionPageTests : PageTest
{
    [Fact]
    public async Task Rejected_version_opens_with_each_check_and_its_sentence()
    {
        var page = await Show(Samples.Version(VersionStatus.Rejected, Samples.Check(CheckName.Loads, CheckOutcome.Passed, "Opens."), Samples.Check(CheckName.Golden, CheckOutcome.Failed, "Row 3 differs.")));
        var checks = page.FindAll("section[aria-label=Checks] tbody tr");
        Assert.Equal(6, checks.Count);
        Assert.Contains("✕ Failed", checks[1].TextContent);
        Assert.Contains("Row 3 differs.", checks[1].TextContent);
        Assert.Contains("– Not run", checks[2].TextContent);
        Assert.Empty(page.FindAll("section[aria-label='Checks in brief']"));
        Assert.NotEmpty(page.FindAll("section[aria-label=Facts]"));
    }

    [Fact]
    public async Task Ready_version_opens_with_its_contract_in_words()
    {
        var page = await Show(Samples.Version(VersionStatus.Ready));
        Assert.Equal("page", page.Find(".views a.on").GetAttribute("aria-current"));
        Assert.NotEmpty(page.FindAll("section[aria-label='Checks in brief']"));
        Assert.Contains("0 to 100,000 EUR", page.Find("section[aria-label=Inputs]").TextContent);
        Assert.Contains("features, column 0", page.Find("section[aria-label=Preparation]").TextContent);
        Assert.Equal("All requests: allow below 0.6, review from 0.6 to below 0.9, block from 0.9", page.Find(".scale").GetAttribute("aria-label"));
        Assert.Contains("p99 within 20 ms", page.Find("section[aria-label=Promises]").TextContent);
    }

    [Fact]
    public async Task Part_that_is_shown_comes_from_the_address()
    {
        var page = await Show(Samples.Version(VersionStatus.Ready, Samples.Check(CheckName.Latency, CheckOutcome.Passed, "Quick.") with { Figures = new Dictionary<string, double> { ["p99_milliseconds"] = 3.347 } }), "?view=checks");
        Assert.Contains("p99 3.35 ms", page.Find("section[aria-label=Checks]").TextContent);
        Assert.Empty(page.FindAll("section[aria-label=Inputs]"));
    }

    [Fact]
    public async Task Version_follows_its_checks_while_they_run_and_does_not_jump()
    {
        var page = await Show(Samples.Version(VersionStatus.Checking));
        Assert.Contains("● Running", page.Markup);
        Assert.Equal([new VersionKey("fraud-scoring", 14)], Feed.Watched);
        var done = Samples.Version(VersionStatus.Ready, Samples.Check(CheckName.Loads, CheckOutcome.Passed, "Opens."));
        await Feed.Publish(Samples.Canary with { Checking = new Dictionary<VersionKey, VersionView> { [new("fraud-scoring", 14)] = done } });
        page.WaitForAssertion(() => Assert.Contains("✓ Ready", page.Markup));
        Assert.NotEmpty(page.FindAll("section[aria-label=Checks]"));
        Assert.Empty(Feed.Watched);
    }

    private Task<IRenderedComponent<VersionPage>> Show(VersionView version, string query = "")
    {
        Sender.Answer<GetVersion, VersionView>(_ => version);
        return Page<VersionPage>(Samples.Canary, "models/fraud-scoring/versions/14" + query, page => page.Add(p => p.Model, "fraud-scoring").Add(p => p.Version, 14));
    }
}
