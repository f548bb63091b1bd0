using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>A person in front of Chromium.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _errors = [];
    private readonly List<string> _violations = [];

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.SetDefaultTimeout(30_000);
    }

    public static string? MissingReason => File.Exists(Chromium) ? null : $"{Chromium} is not installed.";

    public IPage Page { get; }

    /// <summary>Errors that scripts threw in any page so far.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<Browser> Open(Uri start)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-background-networking"] });
        var context = await browser.NewContextAsync(new() { BaseURL = start.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        return new Browser(playwright, browser, await context.NewPageAsync());
    }

    /// <summary>What axe found on the pages looked at.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Has axe look at the page in dark and in light.</summary>
    public async Task LookWithAxe()
    {
        await Assertions.Expect(Page.Locator("main:not([inert])")).ToBeVisibleAsync();
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var result = await Page.RunAxe();
            _violations.AddRange(result.Violations.Select(violation => $"{Page.Url} in {scheme}: {violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        }
    }

    public Task Sees(string text, int withinSeconds = 30) =>
        Assertions.Expect(Page.GetByRole(AriaRole.Main).GetByText(text).First).ToBeVisibleAsync(new() { Timeout = withinSeconds * 1000 });

    /// <summary>Leaves a picture of what was on the screen when something went wrong.</summary>
    public async Task Shows(Func<Task> journey)
    {
        try
        {
            await journey();
        }
        catch (Exception cause)
        {
            var picture = Path.Combine(Path.GetTempPath(), $"controlplane-journey-{DateTime.UtcNow:HHmmss}.png");
            await Page.ScreenshotAsync(new() { Path = picture });
            throw new InvalidOperationException($"At {Page.Url}, as {picture} shows: {cause.Message} {string.Join("; ", _errors)}", cause);
        }
    }

    public Task Press(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task Follow(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    public Task Fill(string label, string value) => Page.GetByLabel(label).FillAsync(value);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
