using Bunit;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Live;
using ControlPlane.Web.Rollouts;

namespace ControlPlane.Web.Tests.Pages;

public sealed class NewRolloutPageTests : PageTest
{
    private ComparisonView _comparison = Comparisons.Renamed with { Changes = [], Consumers = [], MustName = [], Blocked = false, BlockedBy = [] };

    private static LiveSnapshot Free => Samples.Canary with { OpenRollouts = [] };

    public NewRolloutPageTests() => Sender.Answer<CompareVersions, ComparisonView>(_ => _comparison);

    [Fact]
    public async Task Form_starts_with_the_careful_canary_and_sends_draft_and_submission()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        Sender.Answer<DraftRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Drafted));
        Sender.Answer<ActOnRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Placing));
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring&version=14");
        Assert.Contains("5 steps, at least 2 h 30 min, then a person decides", page.Markup);
        page.Find("form").Submit();
        var draft = Assert.Single(Sender.Sent.OfType<DraftRollout>());
        Assert.Equal(("fraud-scoring", 14, 5), (draft.Model, draft.Version, draft.Plan.Steps.Count));
        Assert.Equal(new ActOnRollout(57, RolloutAction.Submit, null), Sender.Sent[^1]);
    }

    [Fact]
    public async Task Plan_that_cannot_be_carried_out_names_the_field_and_sends_nothing()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring&version=14&preset=quick");
        page.Find("input[aria-label='Share of step 1 in percent']").Change("150");
        page.Find("form").Submit();
        Assert.Contains("steps[0].share_percent", page.Find("[role=alert]").TextContent);
        Assert.DoesNotContain(Sender.Sent, sent => sent is DraftRollout);
    }

    [Fact]
    public async Task Only_candidate_is_chosen_and_named_without_a_dangling_dot()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model with { Versions = [Samples.Summary(14) with { Notes = "" }, Samples.Summary(12)] });
        Sender.Answer<DraftRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Drafted));
        Sender.Answer<ActOnRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Placing));
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring");
        Assert.Equal("v14", page.Find("select[name=version] option[value='14']").TextContent);
        page.Find("form").Submit();
        Assert.Equal(14, Assert.Single(Sender.Sent.OfType<DraftRollout>()).Version);
    }

    [Fact]
    public async Task First_release_is_immediate_and_needs_a_reason()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model with { Champion = null });
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring&version=14");
        Assert.Contains("never released", page.Markup);
        page.Find("form").Submit();
        Assert.Contains("reason: is needed", page.Find("[role=alert]").TextContent);
        Assert.DoesNotContain(Sender.Sent, sent => sent is DraftRollout);
    }

    [Fact]
    public async Task Refused_draft_says_why()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        Sender.Answer<DraftRollout, RolloutView>(_ => throw new RefusedException(RefusalKind.Conflict, "Rollout 57 of fraud-scoring is still open."));
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring&version=14");
        page.Find("form").Submit();
        Assert.Contains("Rollout 57 of fraud-scoring is still open.", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Breaking_changes_are_ticked_and_consumers_heard_before_it_starts()
    {
        _comparison = Comparisons.Renamed;
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        Sender.Answer<DraftRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Drafted));
        Sender.Answer<ActOnRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Placing));
        Sender.Answer<AcknowledgeChanges, HitConsumerView>(_ => Comparisons.Acknowledged.Consumers[0]);
        var host = DialogHost();
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring&version=14");
        page.Find("form").Submit();
        Assert.Contains("tick outputs/score", page.Find("[role=alert]").TextContent);
        Assert.Contains("checkout (Payments, #payments) has not acknowledged", page.Find("[role=alert]").TextContent);
        Assert.DoesNotContain(Sender.Sent, sent => sent is DraftRollout);
        page.FindAll("button").Single(button => button.TextContent == "Accept it").Click();
        Assert.DoesNotContain("tick outputs/score", page.Find("[role=alert]").TextContent);
        page.Find("button[aria-label='Acknowledge for checkout']").Click();
        _comparison = Comparisons.Acknowledged;
        Confirm(host, "we read risk");
        page.WaitForAssertion(() => Assert.Contains("✓ Acknowledged", page.Markup));
        Assert.Empty(page.FindAll("[role=alert]"));
        page.Find("form").Submit();
        Assert.Equal(["outputs/score"], Assert.Single(Sender.Sent.OfType<DraftRollout>()).AcceptedChanges!);
    }

    [Fact]
    public async Task Open_rollout_of_the_model_is_named_and_nothing_can_be_started_beside_it()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        var page = await Page<NewRolloutPage>(Samples.Canary, "rollouts/new?model=fraud-scoring&version=14");
        Assert.Equal("/rollouts/57", page.Find("#open-rollout a").GetAttribute("href"));
        Assert.All(page.FindAll("form > .row:last-child button"), button => Assert.True(button.HasAttribute("disabled")));
        await Feed.Publish(Free);
        page.WaitForAssertion(() => Assert.False(page.Find("button[type=submit]").HasAttribute("disabled")));
        Assert.Empty(page.FindAll("#open-rollout"));
    }

    [Fact]
    public async Task Draft_may_wait_for_its_consumers()
    {
        _comparison = Comparisons.Renamed;
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        Sender.Answer<DraftRollout, RolloutView>(_ => Samples.Rollout(RolloutPhase.Drafted));
        var page = await Page<NewRolloutPage>(Free, "rollouts/new?model=fraud-scoring&version=14");
        page.FindAll("button").Single(button => button.TextContent == "Keep as draft").Click();
        Assert.Empty(Assert.Single(Sender.Sent.OfType<DraftRollout>()).AcceptedChanges!);
    }
}
