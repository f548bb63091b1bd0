using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The main job by hand, in Chromium, from an empty installation to the roll-back.</summary>
public sealed class BrowserJourneyTests : IAsyncLifetime
{
    private const string Model = "by-hand";
    private readonly Product _product = new() { WithoutAdministrator = true };

    public ValueTask InitializeAsync() => _product.InitializeAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Person_sets_up_uploads_releases_exposes_and_takes_back()
    {
        Assert.SkipWhen(Browser.MissingReason is not null, Browser.MissingReason ?? "");
        await using var browser = await Browser.Open(_product.Web);
        await browser.Shows(() => Journey(browser));
    }

    private async Task Journey(Browser browser)
    {
        await SetUp(browser);
        await CreateModel(browser);
        await Upload(browser, "champion", 1);
        await ReleaseFirst(browser);
        await new Releases(_product, Model).IsServed();

        await using var clients = new Clients(_product, Model, DemoModels.Rows("champion"), 0, 1);
        await Upload(browser, "challenger", 2);
        await StartCanary(browser);
        await Eventually.Holds(() => Task.FromResult(clients.AnswersOf(2) > 20), TimeSpan.FromSeconds(60), () => "The challenger answers nobody.");
        await LiveChartsMove(browser);
        await TakeBack(browser);
        await browser.LookWithAxe();
        await LookAtEveryOtherPage(browser);
        Assert.Equal(1, (int)(await new Releases(_product, Model).Split())["champion"]!);
        Assert.Empty(clients.Failures);
        Assert.Empty(browser.Errors);
        Assert.True(browser.Violations.Count == 0, string.Join("\n", browser.Violations));
    }

    private static async Task SetUp(Browser browser)
    {
        await browser.Page.GotoAsync("/");
        await browser.Page.WaitForURLAsync(new Regex("/setup"));
        await browser.LookWithAxe();
        await browser.Fill("Email", Product.AdminEmail);
        await browser.Fill("Name", "Ada");
        await browser.Fill("Password", Product.AdminPassword);
        await browser.Press("Create and sign in");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await browser.LookWithAxe();
    }

    private static async Task CreateModel(Browser browser)
    {
        await browser.Page.GotoAsync("/models");
        await browser.Press("Create the first model");
        await browser.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(Model);
        await browser.Press("Create");
        await browser.Page.WaitForURLAsync(new Regex($"/models/{Model}$"));
        await browser.LookWithAxe();
    }

    private static async Task Upload(Browser browser, string which, int version)
    {
        await browser.Page.GotoAsync($"/models/{Model}/upload");
        await Assertions.Expect(browser.Page.Locator("main:not([inert]) #artifact")).ToBeVisibleAsync();
        await browser.Page.Locator("#artifact").SetInputFilesAsync(DemoModels.PathOf(which, "model.onnx"));
        await browser.Page.Locator("#contract-file").SetInputFilesAsync(DemoModels.PathOf(which, "contract.json"));
        await browser.Page.Locator("#golden").SetInputFilesAsync(DemoModels.PathOf(which, "golden.jsonl"));
        await browser.Fill("Notes", $"the {which}");
        await browser.LookWithAxe();
        await browser.Press("Upload");
        await browser.Page.WaitForURLAsync(new Regex($"/versions/{version}$"));
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Link, new() { Name = "New rollout", Exact = true })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await browser.LookWithAxe();
    }

    private static async Task ReleaseFirst(Browser browser)
    {
        await browser.Follow("New rollout");
        await browser.Fill("Reason", "the first release");
        await browser.LookWithAxe();
        await browser.Press("Release now");
        await browser.Page.WaitForURLAsync(new Regex(@"/rollouts/\d+$"));
        await browser.Sees("Promoted", withinSeconds: 60);
    }

    private static async Task StartCanary(Browser browser)
    {
        await browser.Page.GotoAsync($"/rollouts/new?model={Model}&version=2&preset=quick");
        await browser.Sees("Quick canary");
        await browser.LookWithAxe();
        await browser.Press("Start the rollout");
        await browser.Page.WaitForURLAsync(new Regex(@"/rollouts/\d+$"));
        await browser.Sees("Exposing", withinSeconds: 60);
        await browser.LookWithAxe();
    }

    private static async Task LiveChartsMove(Browser browser)
    {
        var charts = browser.Page.Locator("canvas, svg[role=img], [_echarts_instance_]");
        await Assertions.Expect(charts.First).ToBeVisibleAsync();
        var first = await browser.Page.ScreenshotAsync();
        await browser.Page.WaitForTimeoutAsync(5_000);
        Assert.NotEqual(first, await browser.Page.ScreenshotAsync());
    }

    private static async Task TakeBack(Browser browser)
    {
        await browser.Press("Roll back");
        var dialog = browser.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByText("with version 1 again")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync("trying the way back");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        var times = browser.Page.GetByRole(AriaRole.Region, new() { Name = "How the roll-back went" });
        await Assertions.Expect(times.GetByText("local-1")).ToBeVisibleAsync();
        await Assertions.Expect(times.GetByText(new Regex(@"✓ .* ms"))).ToHaveCountAsync(2);
        await browser.Sees("Rolled back");
    }

    private static async Task LookAtEveryOtherPage(Browser browser)
    {
        foreach (var path in new[] { "/", "/models", $"/models/{Model}", "/rollouts", "/releases", "/fleet", "/access", "/no-such-page" })
        {
            await browser.Page.GotoAsync(path);
            await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            await browser.Page.WaitForTimeoutAsync(1_500);
            await browser.LookWithAxe();
        }
    }
}
