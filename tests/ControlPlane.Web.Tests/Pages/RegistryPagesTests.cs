using Bunit;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Live;
using ControlPlane.Web.Registry;

namespace ControlPlane.Web.Tests.Pages;

public sealed class RegistryPagesTests : PageTest
{
    [Fact]
    public async Task Models_are_listed_and_filtered_by_the_address()
    {
        var page = await Page<ModelsPage>(Samples.Canary, "models?filter=fraud");
        Assert.Contains("fraud-scoring", page.Find("tbody tr").TextContent);
        var none = await Page<ModelsPage>(Samples.Canary, "models?filter=churn");
        Assert.Empty(none.FindAll("tbody tr"));
    }

    [Fact]
    public async Task New_model_dialog_shows_the_refusal_and_stays()
    {
        Sender.Answer<CreateModel, ModelView>(_ => throw RefusedException.Invalid("name", "must be lower-case"));
        var dialog = Render<NewModelDialog>();
        dialog.Find("#model-name").Input("Fraud");
        dialog.Find("form").Submit();
        Assert.Contains("name: must be lower-case", dialog.Find("[role=alert]").TextContent);
        Assert.Equal([new CreateModel("Fraud", null)], Sender.Sent);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Model_shows_versions_with_their_roles_and_charts_by_version()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model).Answer<ListReleases, IReadOnlyList<ReleaseView>>(_ => []);
        var page = await Page<ModelPage>(Samples.Canary, parameters: page => page.Add(p => p.Name, "fraud-scoring"));
        var rows = page.FindAll("section[aria-label=Versions] tbody tr");
        Assert.Contains("challenger", rows[0].TextContent);
        Assert.Contains("champion", rows[1].TextContent);
        Assert.Equal(5, page.FindAll(".plot").Count);
        Assert.Contains("champion v12", page.Find(".legend").TextContent);
    }

    [Fact]
    public async Task Model_without_versions_leads_to_the_upload()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model with { Versions = [] }).Answer<ListReleases, IReadOnlyList<ReleaseView>>(_ => []);
        var page = await Page<ModelPage>(Samples.Canary, parameters: page => page.Add(p => p.Name, "fraud-scoring"));
        Assert.Equal("/models/fraud-scoring/upload", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Unknown_model_says_so()
    {
        Sender.Answer<GetModel, ModelView>(_ => throw RefusedException.NotFound("model churn"));
        var page = await Page<ModelPage>(Samples.Canary, parameters: page => page.Add(p => p.Name, "churn"));
        Assert.Contains("There is no model churn.", page.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Version_shows_contract_as_words_and_each_check_with_its_sentence()
    {
        Sender.Answer<GetVersion, VersionView>(_ => Samples.Version(VersionStatus.Rejected, Samples.Check(CheckName.Loads, CheckOutcome.Passed, "Opens."), Samples.Check(CheckName.Golden, CheckOutcome.Failed, "Row 3 differs.")));
        var page = await Page<VersionPage>(Samples.Canary, parameters: page => page.Add(p => p.Model, "fraud-scoring").Add(p => p.Version, 14));
        var checks = page.FindAll("section[aria-label=Checks] tbody tr");
        Assert.Contains("✕ Failed", checks[1].TextContent);
        Assert.Contains("Row 3 differs.", checks[1].TextContent);
        Assert.Contains("– Not run", checks[2].TextContent);
        Assert.Contains("0 to 100,000 EUR", page.Markup);
        Assert.Contains("score of at least 0.9: block", page.Markup);
    }

    [Fact]
    public async Task Version_follows_its_checks_while_they_run()
    {
        Sender.Answer<GetVersion, VersionView>(_ => Samples.Version(VersionStatus.Checking));
        var page = await Page<VersionPage>(Samples.Canary, parameters: page => page.Add(p => p.Model, "fraud-scoring").Add(p => p.Version, 14));
        Assert.Contains("● Running", page.Markup);
        Assert.Equal([new VersionKey("fraud-scoring", 14)], Feed.Watched);
        var done = Samples.Version(VersionStatus.Ready, Samples.Check(CheckName.Loads, CheckOutcome.Passed, "Opens."));
        await Feed.Publish(Samples.Canary with { Checking = new Dictionary<VersionKey, VersionView> { [new("fraud-scoring", 14)] = done } });
        page.WaitForAssertion(() => Assert.Contains("✓ Ready", page.Markup));
        Assert.Empty(Feed.Watched);
    }

    [Fact]
    public async Task Upload_shows_progress_and_refusals_from_the_browser()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        var page = await Page<UploadPage>(Samples.Canary, parameters: page => page.Add(p => p.Model, "fraud-scoring"));
        await page.InvokeAsync(() => page.Instance.Progressed(512, 1024, "sending"));
        Assert.Equal("50", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        await page.InvokeAsync(() => page.Instance.Refused(["contract: inputs[0].name is missing"]));
        Assert.Contains("inputs[0].name is missing", page.Find("[role=alert]").TextContent);
    }
}
