using Bunit;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Rollouts;

namespace ControlPlane.Web.Tests.Pages;

public sealed class RolloutPageTests : PageTest
{
    private ComparisonView _comparison = Comparisons.Acknowledged;

    public RolloutPageTests() => Sender.Answer<CompareVersions, ComparisonView>(_ => _comparison);

    [Fact]
    public async Task What_changes_keeps_who_accepted_and_who_acknowledged_it()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout() with { AcceptedChanges = ["outputs/score"] });
        var page = await Page<RolloutPage>(Samples.Canary with { OpenRollouts = [] }, parameters: page => page.Add(p => p.Id, 57));
        var card = page.Find("section[aria-label='What changes']");
        Assert.Contains("1 breaking, 1 semantic", card.TextContent);
        Assert.Equal("accepted by ana", card.QuerySelector(".standing")!.TextContent);
        Assert.Contains("acknowledged by ben", card.TextContent);
        Assert.Equal("/models/fraud-scoring/versions/14?view=comparison&against=12", card.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(new CompareVersions("fraud-scoring", 14, 12), Assert.Single(Sender.Sent.OfType<CompareVersions>()));
    }

    [Fact]
    public async Task What_changes_tells_what_is_not_accepted_or_acknowledged_and_takes_the_acknowledgement()
    {
        _comparison = Comparisons.Renamed;
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout());
        Sender.Answer<AcknowledgeChanges, HitConsumerView>(_ => Comparisons.Acknowledged.Consumers[0]);
        var host = DialogHost();
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        Assert.Equal("not accepted", page.Find("section[aria-label='What changes'] .standing").TextContent);
        Assert.Contains("? Not acknowledged yet", page.Find("section[aria-label='What changes']").TextContent);
        page.Find("button[aria-label='Acknowledge for checkout']").Click();
        _comparison = Comparisons.Acknowledged;
        Confirm(host, "we read risk");
        page.WaitForAssertion(() => Assert.Contains("acknowledged by ben", page.Find("section[aria-label='What changes']").TextContent));
    }

    [Fact]
    public async Task Comparison_that_is_refused_leaves_the_rest_of_the_page()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout());
        Sender.Answer<CompareVersions, ComparisonView>(_ => throw RefusedException.NotFound("version 12"));
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        Assert.Contains("There is no version 12.", page.Find("section[aria-label='What changes'] [role=alert]").TextContent);
        Assert.Equal("v12 → v14", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task Rollout_shows_steps_gates_and_history()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout());
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        Assert.Equal("v12 → v14", page.Find("h1").TextContent);
        Assert.Contains("✓ passed", page.FindAll(".step")[0].TextContent);
        Assert.Contains("now · 5 min, 250", page.Find(".step.now").TextContent);
        Assert.Equal("✓ Pass", page.Find("section[aria-label=Gates] .chip").TextContent);
        Assert.Contains("0.02 % against 0.02 %.", page.Markup);
        Assert.StartsWith("The gates of step 1 passed.Step began", page.Find(".history li").TextContent);
    }

    [Fact]
    public async Task Rollout_offers_what_the_machine_allows_and_the_way_back_last()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout());
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        Assert.Equal(["Hold…", "Promote…", "Roll back"], page.FindAll(".actions button").Select(button => button.TextContent));
        Assert.Contains("danger", page.FindAll(".actions button")[2].ClassName);
    }

    [Fact]
    public async Task Roll_back_sends_the_reason_and_shows_the_milliseconds()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout());
        Sender.Answer<ActOnRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.RolledBack, [], Samples.RolledBack));
        var host = DialogHost();
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        page.Find(".actions .danger").Click();
        Confirm(host, "latency doubled");
        page.WaitForAssertion(() => Assert.Contains("21.5 ms", page.Markup));
        Assert.Contains(new ActOnRollout(57, RolloutAction.Rollback, "latency doubled"), Sender.Sent);
        Assert.Empty(page.FindAll(".actions button"));
    }

    [Fact]
    public async Task Rollout_that_does_not_exist_says_so()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => throw RefusedException.NotFound("rollout 57"));
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        Assert.Contains("There is no rollout 57.", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Paused_page_does_not_follow_the_feed()
    {
        Sender.Answer<GetRollout, RolloutView>(_ => Samples.Rollout());
        var page = await Page<RolloutPage>(Samples.Canary, parameters: page => page.Add(p => p.Id, 57));
        page.FindAll("button").Single(button => button.TextContent.Contains("Pause")).Click();
        await Feed.Publish(Samples.Canary with { OpenRollouts = [Samples.Rollout(RolloutPhase.Holding)] });
        Assert.Contains("Exposing 25 %", page.Markup);
        page.FindAll("button").Single(button => button.TextContent.Contains("Go on")).Click();
        await Feed.Publish(Samples.Canary with { OpenRollouts = [Samples.Rollout(RolloutPhase.Holding)] });
        page.WaitForAssertion(() => Assert.Contains("Holding 25 %", page.Markup));
    }

    [Fact]
    public async Task List_shows_every_rollout_and_its_empty_state()
    {
        Sender.Answer<ListRollouts, IReadOnlyList<RolloutView>>(_ => [Samples.Rollout()]);
        var page = await Page<RolloutsPage>(Samples.Canary);
        Assert.Contains("Exposing 25 %", page.Find("tbody tr").TextContent);
        Sender.Answer<ListRollouts, IReadOnlyList<RolloutView>>(_ => []);
        var empty = await Page<RolloutsPage>(Samples.Empty);
        Assert.Equal("No rollout yet", empty.Find(".empty h2").TextContent);
    }
}
