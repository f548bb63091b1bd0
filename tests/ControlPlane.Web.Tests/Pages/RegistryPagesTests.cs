using Bunit;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Registry;

namespace ControlPlane.Web.Tests.Pages;

public sealed class RegistryPagesTests : PageTest
{
    public RegistryPagesTests() => Sender
        .Answer<ListDrafts, IReadOnlyList<DraftSummary>>(_ => [new(DraftPageTests.Draft.Id, "version 12", "higher threshold", null, 0, "ana", Samples.Now.AddHours(-2), Guid.Empty)])
        .Answer<ListConsumers, IReadOnlyList<ConsumerView>>(_ => [Comparisons.Checkout])
        .Answer<CompareVersions, ComparisonView>(_ => Comparisons.Renamed);

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
    public async Task Model_shows_its_drafts_and_consumers()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model).Answer<ListReleases, IReadOnlyList<ReleaseView>>(_ => []);
        var page = await Page<ModelPage>(Samples.Canary, parameters: page => page.Add(p => p.Name, "fraud-scoring"));
        Assert.Equal($"/models/fraud-scoring/drafts/{DraftPageTests.Draft.Id}", page.Find("section[aria-label=Drafts] a").GetAttribute("href"));
        Assert.Contains("? v14", page.Find("section[aria-label=Consumers] tbody tr").TextContent);
    }

    [Fact]
    public async Task Compatibility_is_changed_where_the_consumers_stand()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model).Answer<ListReleases, IReadOnlyList<ReleaseView>>(_ => []);
        Sender.Answer<SetCompatibility, CompatibilityView>(request => new(request.Model, request.Mode));
        var page = await Page<ModelPage>(Samples.Canary, parameters: page => page.Add(p => p.Name, "fraud-scoring"));
        page.Find("select[name=compatibility]").Change("Full");
        Assert.Contains(new SetCompatibility("fraud-scoring", Domain.Contracts.CompatibilityMode.Full), Sender.Sent);
        Assert.Equal("Full", page.Find("select[name=compatibility]").GetAttribute("value"));
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
    public async Task Upload_shows_progress_and_refusals_from_the_browser()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        var page = await Page<UploadPage>(Samples.Canary, parameters: page => page.Add(p => p.Model, "fraud-scoring"));
        await page.InvokeAsync(() => page.Instance.Progressed(512, 1024, "sending"));
        Assert.Equal("50", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        await page.InvokeAsync(() => page.Instance.Refused(["artifact: is no ONNX model", "contract/inputs/0: has no name", "The server answered 500."]));
        Assert.Equal("is no ONNX model", page.Find("label:has(#artifact) .field-fault").TextContent);
        Assert.Contains("has no name", page.Find("fieldset .field-fault").TextContent);
        Assert.Equal("The server answered 500.", page.Find(".fault").TextContent.Trim());
    }

    [Fact]
    public async Task Bundle_says_what_came_along_and_leads_to_the_draft()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model);
        var page = await Page<UploadPage>(Samples.Canary, "models/fraud-scoring/upload?as=bundle", page => page.Add(p => p.Model, "fraud-scoring"));
        Assert.Single(page.FindAll("input[type=file]"));
        await page.InvokeAsync(() => page.Instance.Progressed(2048, 2048, "reading"));
        Assert.Contains("the bundle is read", page.Find("[role=status]").TextContent);
        await page.InvokeAsync(() => page.Instance.Imported(new(DraftPageTests.Draft.Id, "an MLflow directory", ["model.onnx"], ["params of the signature"], 2, 0)));
        var outcome = page.Find("section[aria-label='What came of the bundle']");
        Assert.Empty(page.FindAll("form"));
        Assert.Contains("2 problems to put right", outcome.TextContent);
        Assert.Contains("params of the signature", outcome.TextContent);
        Assert.Equal($"/models/fraud-scoring/drafts/{DraftPageTests.Draft.Id}", outcome.QuerySelector("a.primary")!.GetAttribute("href"));
    }
}
