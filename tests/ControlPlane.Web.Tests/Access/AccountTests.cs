using System.Net;
using System.Text.RegularExpressions;

namespace ControlPlane.Web.Tests.Access;

/// <summary>Signing in and out through the pages' own forms, antiforgery token included.</summary>
public sealed partial class AccountTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    [Fact]
    public async Task Right_password_opens_the_pages_and_the_api()
    {
        using var client = web.Anonymous();
        using var answer = await SignIn(client, StartedWeb.AdminPassword, "/releases");
        Assert.Equal((HttpStatusCode.Redirect, "/releases"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/models", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Return_address_of_another_site_is_not_followed(string address)
    {
        using var client = web.Anonymous();
        using var answer = await SignIn(client, StartedWeb.AdminPassword, address);
        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Wrong_password_goes_back_to_the_page_without_a_cookie()
    {
        using var client = web.Anonymous();
        using var answer = await SignIn(client, "wrong", "/");
        Assert.StartsWith("/sign-in?error=wrong", answer.Headers.Location?.ToString());
        await (await client.GetAsync("/api/v1/models", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Form_without_its_antiforgery_token_is_refused()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = StartedWeb.AdminEmail, ["password"] = StartedWeb.AdminPassword });
        using var answer = await web.Anonymous().PostAsync("/account/sign-in", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Browser_without_a_cookie_is_sent_to_the_sign_in_page()
    {
        using var answer = await web.Anonymous().GetAsync("/releases", TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", answer.Headers.Location is { } to ? new Uri(new Uri("http://localhost"), to).AbsolutePath : null);
    }

    [Fact]
    public async Task Installation_without_an_administrator_asks_for_one_once()
    {
        await using var fresh = new StartedWeb { WithAdministrator = false };
        using var client = fresh.Anonymous();
        Assert.EndsWith("/setup", (await client.GetAsync("/", TestContext.Current.CancellationToken)).Headers.Location?.ToString());
        using var made = await SetUp(client, "first@example.org");
        Assert.Equal("/", made.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
        using var again = await SetUp(fresh.Anonymous(), "second@example.org", token: await Token(client, "/sign-in"));
        Assert.NotEqual("/", again.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Many_wrong_passwords_lock_the_account_for_a_while()
    {
        await using var fresh = new StartedWeb();
        using var client = fresh.Anonymous();
        for (var attempt = 0; attempt < 5; attempt++) (await SignIn(client, "wrong", "/")).Dispose();
        using var answer = await SignIn(client, StartedWeb.AdminPassword, "/");
        Assert.StartsWith("/sign-in?error=locked", answer.Headers.Location?.ToString());
    }

    private static async Task<HttpResponseMessage> SignIn(HttpClient client, string password, string returnUrl)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = StartedWeb.AdminEmail,
            ["password"] = password,
            ["return_url"] = returnUrl,
            ["__RequestVerificationToken"] = await Token(client, "/sign-in"),
        });
        return await client.PostAsync("/account/sign-in", form, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> SetUp(HttpClient client, string email, string? token = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = email,
            ["display_name"] = "First",
            ["password"] = StartedWeb.AdminPassword,
            ["__RequestVerificationToken"] = token ?? await Token(client, "/setup"),
        });
        return await client.PostAsync("/account/first-administrator", form, TestContext.Current.CancellationToken);
    }

    private static async Task<string> Token(HttpClient client, string page) =>
        AntiforgeryField().Match(await client.GetStringAsync(page, TestContext.Current.CancellationToken)).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
