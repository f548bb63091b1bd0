using Bunit;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.Web.Contracts;

namespace ControlPlane.Web.Tests.Pages;

/// <summary>A draft that was saved elsewhere while it was written here.</summary>
public sealed class DraftConflictTests : PageTest
{
    private const string Mine = """{"inputs": []}""";
    private static readonly Guid Newest = new("44444444-4444-4444-4444-444444444444");
    private static DraftView Draft => DraftPageTests.Draft;

    private DraftView _kept = Draft;

    public DraftConflictTests() => Sender
        .Answer<GetDraft, DraftView>(_ => _kept)
        .Answer<GetModel, ModelView>(_ => Samples.Model)
        .Answer<GetVersion, VersionView>(_ => Samples.Version(VersionStatus.Ready))
        .Answer<CheckContract, ContractCheck>(_ => new(true, [], true, null, null, null, "{}"))
        .Answer<SaveDraft, DraftView>(save => save.Stamp == _kept.Stamp ? _kept with { Contract = save.Contract! } : throw new RefusedException(RefusalKind.Conflict, "Somebody else changed this draft."));

    [Fact]
    public async Task Conflict_says_changed_elsewhere_and_neither_saves_nor_makes_a_version()
    {
        var page = await InConflict();
        Assert.Contains("changed elsewhere (another tab or person)", page.Find(".fault").TextContent);
        Assert.Contains("not saved", page.Find("[role=status]").TextContent);
        Assert.True(page.Find(".actions .primary").HasAttribute("disabled"));
        Assert.True(Button(page, "Save draft").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Own_text_is_kept_under_the_newest_stamp_once_it_is_confirmed()
    {
        var host = DialogHost();
        var page = await InConflict();
        Button(page, "Keep mine").Click();
        host.WaitForElement("button.danger").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".fault")));
        Assert.Equal(new SaveDraft("fraud-scoring", Draft.Id, Newest, Mine, ""), Sender.Sent.OfType<SaveDraft>().Last());
    }

    [Fact]
    public async Task Reading_again_asks_first_and_then_takes_the_other_text()
    {
        var host = DialogHost();
        var page = await InConflict();
        var asked = Sender.Sent.OfType<GetDraft>().Count();
        Button(page, "Read it again").Click();
        Assert.Contains("dropped", host.WaitForElement(".stack p").TextContent);
        Assert.Equal(asked, Sender.Sent.OfType<GetDraft>().Count());
        host.Find("button.danger").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".fault")));
        Assert.DoesNotContain("not saved", page.Find("[role=status]").TextContent);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<DraftPage> page, string text) => page.FindAll("button").Single(button => button.TextContent == text);

    private async Task<IRenderedComponent<DraftPage>> InConflict()
    {
        var page = await Page<DraftPage>(
            Samples.Canary, $"models/fraud-scoring/drafts/{Draft.Id}", page => page.Add(p => p.Model, "fraud-scoring").Add(p => p.Id, Draft.Id));
        _kept = Draft with { Stamp = Newest };
        await page.InvokeAsync(() => page.Instance.Judge(Mine));
        Button(page, "Save draft").Click();
        page.WaitForElement(".fault");
        return page;
    }
}
