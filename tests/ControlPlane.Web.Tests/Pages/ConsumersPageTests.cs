using Bunit;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Tests.Pages;

public sealed class ConsumersPageTests : PageTest
{
    private IReadOnlyList<ConsumerView> _consumers = [Comparisons.Checkout];
    private ComparisonView _comparison = Comparisons.Renamed;

    public ConsumersPageTests() => Sender
        .Answer<ListConsumers, IReadOnlyList<ConsumerView>>(_ => _consumers)
        .Answer<GetModel, ModelView>(_ => Samples.Model)
        .Answer<CompareVersions, ComparisonView>(_ => _comparison);

    [Fact]
    public async Task Consumers_are_listed_with_the_version_that_waits_for_their_word()
    {
        var page = await Page<ConsumersPage>(Samples.Canary, "consumers");
        var row = page.Find("section[aria-label=Consumers] tbody tr");
        Assert.Contains("checkout", row.TextContent);
        Assert.Equal("/models/fraud-scoring/versions/14?view=comparison&against=12", row.QuerySelector("a.chip")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Acknowledging_asks_and_reads_again()
    {
        Sender.Answer<AcknowledgeChanges, HitConsumerView>(_ => Comparisons.Acknowledged.Consumers[0]);
        var host = DialogHost();
        var page = await Page<ConsumersPage>(Samples.Canary, "consumers");
        page.Find("button[aria-label='Acknowledge version 14 for checkout']").Click();
        host.WaitForElement("textarea");
        Assert.Contains("checkout can live with outputs/score when version 14 takes the place of version 12", host.Markup);
        _comparison = Comparisons.Acknowledged;
        Confirm(host, "we read risk");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("a.chip.hold")));
        Assert.Contains(new AcknowledgeChanges(Comparisons.Checkout.Id, 14, 12, "we read risk"), Sender.Sent);
    }

    [Fact]
    public async Task Removing_says_what_is_lost_first()
    {
        Sender.Answer<RemoveConsumer, MediatR.Unit>(_ => MediatR.Unit.Value);
        var host = DialogHost();
        var page = await Page<ConsumersPage>(Samples.Canary, "consumers");
        page.Find("button[aria-label='Remove checkout']").Click();
        host.WaitForAssertion(() => Assert.Contains("nobody is told when fraud-scoring changes score under it. Version 14 no longer waits for it.", host.Markup));
        Assert.DoesNotContain(Sender.Sent, sent => sent is RemoveConsumer);
        _consumers = [];
        host.Find("button.danger").Click();
        page.WaitForAssertion(() => Assert.Contains("No consumer is registered", page.Markup));
        Assert.Contains(new RemoveConsumer(Comparisons.Checkout.Id), Sender.Sent);
    }

    [Fact]
    public async Task Without_consumers_the_page_says_what_they_are_for()
    {
        _consumers = [];
        var page = await Page<ConsumersPage>(Samples.Canary, "consumers?model=fraud-scoring");
        Assert.Contains("Nobody is registered who reads fraud-scoring", page.Find(".empty h2").TextContent);
        Assert.Contains(new ListConsumers("fraud-scoring"), Sender.Sent);
    }

    [Fact]
    public void Dialog_offers_the_fields_of_the_model_and_shows_a_refusal()
    {
        Sender.Answer<GetVersion, VersionView>(_ => Samples.Version(Domain.Registry.VersionStatus.Ready));
        Sender.Answer<RegisterConsumer, ConsumerView>(_ => throw RefusedException.Invalid("owner", "must be shorter"));
        var dialog = Render<ConsumerDialog>(dialog => dialog.Add(d => d.Model, "fraud-scoring"));
        Assert.Equal(["score", "decision"], dialog.FindAll("fieldset code").Select(field => field.TextContent));
        dialog.Find("#consumer-name").Input("billing");
        dialog.Find("#consumer-owner").Input("Payments");
        dialog.Find("#consumer-contact").Input("#pay");
        dialog.FindAll("fieldset input[type=checkbox]")[1].Change(true);
        dialog.Find("form").Submit();
        Assert.Equal("must be shorter", dialog.FindAll("label").Single(label => label.TextContent.StartsWith("Owner", StringComparison.Ordinal)).QuerySelector("[role=alert]")!.TextContent);
        Assert.Empty(dialog.FindAll(".fault"));
        var sent = Assert.Single(Sender.Sent.OfType<RegisterConsumer>());
        Assert.Equal(("fraud-scoring", "billing", 1), (sent.Model, sent.Name, sent.ResponseMajor));
        Assert.Equal(["decision"], sent.Fields);
    }

    [Fact]
    public void Dialog_tells_all_that_is_missing_at_once_and_all_fields_is_a_choice()
    {
        Sender.Answer<GetVersion, VersionView>(_ => Samples.Version(Domain.Registry.VersionStatus.Ready)).Answer<RegisterConsumer, ConsumerView>(_ => Comparisons.Checkout);
        var dialog = Render<ConsumerDialog>(dialog => dialog.Add(d => d.Model, "fraud-scoring"));
        dialog.Find("form").Submit();
        Assert.Equal(["is needed", "is needed", "is needed", "choose all or these"], dialog.FindAll("[role=alert]").Select(fault => fault.TextContent));
        foreach (var field in new[] { "name", "owner", "contact" }) dialog.Find($"#consumer-{field}").Input("x");
        dialog.Find("input[value=these]").Change("these");
        dialog.Find("form").Submit();
        Assert.Equal("tick at least one, or choose all", Assert.Single(dialog.FindAll("[role=alert]")).TextContent);
        Assert.DoesNotContain(Sender.Sent, sent => sent is RegisterConsumer);
        dialog.Find("input[value=all]").Change("all");
        dialog.Find("form").Submit();
        Assert.Empty(Assert.Single(Sender.Sent.OfType<RegisterConsumer>()).Fields);
    }

    [Fact]
    public void Dialog_sends_the_stamp_of_what_was_edited()
    {
        Sender.Answer<GetVersion, VersionView>(_ => Samples.Version(Domain.Registry.VersionStatus.Ready)).Answer<ChangeConsumer, ConsumerView>(_ => Comparisons.Checkout);
        var dialog = Render<ConsumerDialog>(dialog => dialog.Add(d => d.Consumer, Comparisons.Checkout).Add(d => d.Model, "fraud-scoring"));
        dialog.Find("#consumer-contact").Input("#pay");
        dialog.Find("form").Submit();
        var sent = Assert.Single(Sender.Sent.OfType<ChangeConsumer>());
        Assert.Equal(("checkout", "#pay", Comparisons.Checkout.Stamp), (sent.Name, sent.Contact, sent.Stamp));
    }

    [Fact]
    public async Task Confirmation_that_is_closed_does_nothing()
    {
        var host = DialogHost();
        var asked = host.InvokeAsync(() => ConfirmDialog.Ask(Dialogs, "Discard", "All is lost.", "Discard"));
        host.WaitForElement("button.danger");
        host.Find("button.btn.push").Click();
        Assert.False(await asked);
    }
}
