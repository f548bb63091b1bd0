using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace ControlPlane.Web.Tests;

/// <summary>Web as a whole in this process, on SQLite in a folder of its own, without nodes and with one administrator's key.</summary>
public sealed class StartedWeb : WebApplicationFactory<Program>
{
    public const string ApiKey = "cp_web-tests-0123456789abcdef0123456789abcdef";
    public const string JoinToken = "join-token-of-the-web-tests";
    public const string AdminEmail = "admin@example.org";
    public const string AdminPassword = "correct horse battery staple 7";

    private readonly TempFolder _folder = new();

    /// <summary>False leaves the installation as a first visit finds it.</summary>
    public bool WithAdministrator { get; init; } = true;

    public string Data => _folder.Path;

    /// <summary>A client with the administrator's key; it follows no redirects.</summary>
    public HttpClient Api()
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        return client;
    }

    public HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Directory", _folder.Path);
        builder.UseSetting("Nodes:Local", "0");
        builder.UseSetting("Nodes:JoinToken", JoinToken);
        builder.UseSetting("Bootstrap:ApiKey", ApiKey);
        if (!WithAdministrator) return;
        builder.UseSetting("Bootstrap:AdminEmail", AdminEmail);
        builder.UseSetting("Bootstrap:AdminPassword", AdminPassword);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _folder.Dispose();
    }
}
