using Bunit;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Parts;
using ControlPlane.Web.Serving;

namespace ControlPlane.Web.Tests.Pages;

public sealed class OverviewPageTests : PageTest
{
    [Fact]
    public async Task Overview_before_the_first_look_says_that_it_waits()
    {
        var page = await Page<OverviewPage>(ControlPlane.Web.Live.LiveSnapshot.None);
        Assert.Contains("Waiting for the first look", page.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Overview_without_models_says_what_to_do_next()
    {
        var page = await Page<OverviewPage>(Samples.Empty);
        Assert.Equal("No model yet", page.Find(".empty h2").TextContent);
        Assert.Equal("/models?new=1", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Overview_shows_split_rate_errors_and_rollout_of_each_model()
    {
        var page = await Page<OverviewPage>(Samples.Canary);
        var row = page.Find("tbody tr");
        Assert.Equal(["v12champion", "v14challenger"], row.QuerySelectorAll(".chip").Select(chip => chip.TextContent));
        Assert.Equal(["width:75%", "width:25%"], row.QuerySelectorAll(".split i").Select(part => part.GetAttribute("style")));
        Assert.Contains("canary 25 %", row.TextContent);
        Assert.Contains("0.43 %", row.TextContent);
        Assert.Contains("0.43 %", page.FindAll(".kpi b")[1].TextContent);
    }

    [Fact]
    public async Task Overview_follows_the_feed_without_asking()
    {
        var page = await Page<OverviewPage>(Samples.Empty);
        await Feed.Publish(Samples.Canary);
        page.WaitForAssertion(() => Assert.Contains("fraud-scoring", page.Markup));
        Assert.Empty(Sender.Sent);
    }

    [Fact]
    public async Task Roll_back_says_what_will_happen_and_sends_the_reason()
    {
        Sender.Answer<RollBackModel, RollBackResult>(_ => Samples.RolledBack);
        var host = DialogHost();
        var page = await Page<OverviewPage>(Samples.Canary);
        page.Find("button[aria-label='Roll back fraud-scoring']").Click();
        host.WaitForAssertion(() => Assert.Contains("2 nodes will answer every request of fraud-scoring with version 12 again", host.Markup));
        Confirm(host, "chargebacks are up");
        page.WaitForAssertion(() => Assert.Contains("21.5 ms", page.Markup));
        Assert.Equal([new RollBackModel("fraud-scoring", "production", null, "chargebacks are up")], Sender.Sent);
        Assert.Contains("did not answer within 2 s", page.Markup);
    }

    [Fact]
    public async Task Overview_shows_how_long_the_last_roll_back_took_on_its_slowest_node()
    {
        var page = await Page<OverviewPage>(Samples.Canary with { LastRollBack = Samples.Rollout(RolloutPhase.RolledBack, [], Samples.RolledBack) });
        Assert.Equal("21.5 ms", page.FindAll(".kpi b")[3].TextContent);
    }

    [Fact]
    public async Task Overview_counts_released_models_and_tells_of_a_roll_back_outside_any_rollout()
    {
        var promoted = Samples.Rollout(RolloutPhase.Promoted) with { Id = 58 };
        var live = Samples.Canary with
        {
            Models = [Samples.Model, Samples.Model with { Name = "churn", Champion = null }],
            OpenRollouts = [],
            RecentRollouts = [promoted],
            LastRollBack = Samples.Rollout(RolloutPhase.RolledBack, [], Samples.RolledBack),
            Releases = [Release(12, ReleaseCause.RolledBack, -60), Release(14, ReleaseCause.Promoted, -300), Release(12, ReleaseCause.Released, -9000)],
        };
        var page = await Page<OverviewPage>(live);
        Assert.Contains("1 model in production", page.Find(".head .sub").TextContent);
        Assert.Equal("to v12", page.FindAll(".kpi b")[3].TextContent);
        Assert.Contains("rolled back to v12", page.FindAll("tbody tr")[0].TextContent);
        var button = page.Find("button[aria-label='Roll back fraud-scoring']");
        Assert.True(button.HasAttribute("disabled"));
        Assert.Equal("fraud-scoring was rolled back to v12 already.", button.GetAttribute("title"));
    }

    [Fact]
    public void Roll_back_is_offered_where_another_champion_served_before()
    {
        Assert.Contains("never had another champion", RollBackOffer.Of("m", 12, null, [Release(12, ReleaseCause.Released, -60)]).Obstacle);
        var two = RollBackOffer.Of("m", 14, null, [Release(14, ReleaseCause.Promoted, -60), Release(12, ReleaseCause.Released, -90)]);
        Assert.Equal(new RollBackOffer(12, null), two);
        Assert.Equal(new RollBackOffer(12, null), RollBackOffer.Of("m", 12, Samples.Rollout(), [Release(12, ReleaseCause.Released, -60)]));
    }

    private static ReleaseView Release(int version, ReleaseCause cause, int secondsAgo) => new(
        "fraud-scoring", "production", version, "sha256:aa", Samples.Now.AddSeconds(secondsAgo), null, cause, "ana", "worse", cause == ReleaseCause.RolledBack ? null : 57, 7);

    [Fact]
    public async Task Roll_back_without_a_reason_is_not_sent()
    {
        var host = DialogHost();
        var page = await Page<OverviewPage>(Samples.Canary);
        page.Find("button[aria-label='Roll back fraud-scoring']").Click();
        Confirm(host, "   ");
        Assert.Contains("Say why", host.Find("[role=alert]").TextContent);
        Assert.Empty(Sender.Sent);
    }

    [Fact]
    public async Task Roll_back_that_is_refused_leaves_the_page()
    {
        Sender.Answer<RollBackModel, RollBackResult>(_ => throw new RefusedException(RefusalKind.Conflict, "There is no champion before."));
        var host = DialogHost();
        var page = await Page<OverviewPage>(Samples.Canary with { OpenRollouts = [], RecentRollouts = [Samples.Rollout(RolloutPhase.Promoted)] });
        page.Find("button[aria-label='Roll back fraud-scoring']").Click();
        Confirm(host, "worse");
        page.WaitForAssertion(() => Assert.Single(Sender.Sent));
        Assert.Contains("fraud-scoring", page.Find("tbody tr").TextContent);
    }
}
