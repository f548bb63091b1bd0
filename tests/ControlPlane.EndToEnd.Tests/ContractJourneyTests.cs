using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The contract by hand, in Chromium: skew found, a threshold moved in the editor, a renamed output held back until its consumer has spoken.</summary>
public sealed class ContractJourneyTests : IAsyncLifetime
{
    private const string Model = "delivery";
    private readonly Product _product = new();

    public ValueTask InitializeAsync() => _product.InitializeAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Person_finds_skew_moves_a_threshold_and_renames_an_output_with_its_consumer()
    {
        Assert.SkipWhen(Browser.MissingReason is not null, Browser.MissingReason ?? "");
        var releases = new Releases(_product, Model);
        await releases.CreateModel();
        await releases.Release(await releases.UploadReady(Artifact(), Text("contract.json"), Text("golden.jsonl")));
        await using var browser = await Browser.Open(_product.Web);
        await browser.Shows(() => Journey(browser, releases));
    }

    private async Task Journey(Browser browser, Releases releases)
    {
        await SignIn(browser);
        await RegisterConsumer(browser);
        await MoveThreshold(browser);
        await FindSkew(browser);
        await RenameOutput(browser, releases);
        Assert.Empty(browser.Errors);
        Assert.True(browser.Violations.Count == 0, string.Join("\n", browser.Violations));
    }

    private static async Task SignIn(Browser browser)
    {
        await browser.Page.GotoAsync("/sign-in");
        await browser.Page.Locator("input[name=email]").FillAsync(Product.AdminEmail);
        await browser.Page.Locator("input[name=password]").FillAsync(Product.AdminPassword);
        await browser.Press("Sign in");
        await browser.Page.WaitForURLAsync(new Regex("^(?!.*sign-in).*$"));
    }

    private static async Task RegisterConsumer(Browser browser)
    {
        await browser.Page.GotoAsync($"/consumers?model={Model}");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Register a consumer" }).First.ClickAsync();
        await browser.Page.Locator("#consumer-name").FillAsync("dispatch-desk");
        await browser.Page.Locator("#consumer-owner").FillAsync("Dispatch");
        await browser.Page.Locator("#consumer-contact").FillAsync("#dispatch");
        await browser.Page.GetByRole(AriaRole.Dialog).GetByLabel("score", new() { Exact = true }).CheckAsync();
        await browser.Press("Register");
        await browser.Sees("dispatch-desk");
        await browser.LookWithAxe();
    }

    private static async Task MoveThreshold(Browser browser)
    {
        await Draft(browser, json => json.Replace("\"at_least\": 0.25", "\"at_least\": 0.3"));
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Create version" }).ClickAsync();
        await browser.Page.WaitForURLAsync(new Regex("/versions/2"));
        await ReachesStatus(browser, "Ready");
        await browser.Page.GotoAsync($"/models/{Model}/versions/2?view=comparison");
        await browser.Sees("Semantic");
        await browser.Sees("policy/bands");
        await browser.LookWithAxe();
    }

    private static async Task FindSkew(Browser browser)
    {
        await Draft(browser, json => Regex.Replace(json, "(\"feature\": \"weight_kg\",\\s*\"mean\": )", "${1}1", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Create version" }).ClickAsync();
        await browser.Page.WaitForURLAsync(new Regex("/versions/3"));
        await ReachesStatus(browser, "Rejected");
        await browser.Page.GotoAsync($"/models/{Model}/versions/3?view=golden");
        await browser.Sees("Preprocessing");
        await browser.Sees("features");
        await browser.LookWithAxe();
    }

    private async Task RenameOutput(Browser browser, Releases releases)
    {
        await releases.UploadReady(
            Artifact(),
            Text("contract.json").Replace("\"name\": \"score\"", "\"name\": \"risk\"").Replace("\"score\": \"score\"", "\"score\": \"risk\""),
            Text("golden.jsonl").Replace("\"outputs\": {\"score\"", "\"outputs\": {\"risk\""));
        await browser.Page.GotoAsync($"/models/{Model}/versions/4?view=comparison");
        await browser.Sees("Breaking");
        await browser.Sees("Not acknowledged yet");
        await browser.LookWithAxe();

        await browser.Page.GotoAsync($"/rollouts/new?model={Model}&version=4&preset=quick");
        await browser.Sees("What does it break?");
        await browser.Press("Start the rollout");
        await browser.Sees("dispatch-desk");
        await browser.LookWithAxe();
        await browser.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Accept (it|all)") }).ClickAsync();
        await browser.Press("Acknowledge for dispatch-desk");
        await browser.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await browser.Sees("its only consumer has acknowledged");
        await browser.Press("Start the rollout");
        await browser.Page.WaitForURLAsync(new Regex(@"/rollouts/\d+$"));
        await browser.Sees("Exposing", withinSeconds: 60);
    }

    /// <summary>Begins a draft from version 1 and changes its text as a person would.</summary>
    private static async Task Draft(Browser browser, Func<string, string> change)
    {
        await browser.Page.GotoAsync($"/models/{Model}/versions/1");
        await browser.Press("Change the contract");
        await browser.Page.WaitForURLAsync(new Regex("/drafts/"));
        await browser.Press("Format");
        var area = browser.Page.Locator("#contract");
        await Assertions.Expect(area).ToHaveValueAsync(new Regex("weight_kg"));
        var text = await area.InputValueAsync();
        var changed = change(text);
        Assert.NotEqual(text, changed);
        await area.FillAsync(changed);
        await browser.Sees("semantic");
        await browser.LookWithAxe();
    }

    private static Task ReachesStatus(Browser browser, string status) =>
        Assertions.Expect(browser.Page.Locator("h1 + .chip, .row .chip").GetByText(status).First).ToBeVisibleAsync(new() { Timeout = 60_000 });

    private static byte[] Artifact() => File.ReadAllBytes(DemoModels.PathOf(DemoModels.Delivery, "champion", "model.onnx"));

    private static string Text(string file) => File.ReadAllText(DemoModels.PathOf(DemoModels.Delivery, "champion", file));
}
