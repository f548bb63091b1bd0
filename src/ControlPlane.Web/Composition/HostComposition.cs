namespace ControlPlane.Web.Composition;

/// <summary>Where Web listens, its log and its settings.</summary>
internal static class HostComposition
{
    private const string DefaultAddress = "http://localhost:5080";

    public static WebSettings AddSettings(this WebApplicationBuilder builder)
    {
        var settings = WebSettings.Read(builder.Configuration);
        settings.Data.Create();
        builder.Services.AddSingleton(settings);
        return settings;
    }

    public static string Addresses(IConfiguration configuration) => configuration["Urls"] ?? DefaultAddress;

    public static void AddHost(this WebApplicationBuilder builder)
    {
        var urls = Addresses(builder.Configuration);
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) RequireAddress(url);
        builder.WebHost.UseUrls(urls);
        // Also outside Development the files of referenced projects are found where they were built; a published program has no manifest and its own wwwroot.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }

    private static void RequireAddress(string url)
    {
        try
        {
            _ = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new SettingException("Urls", $"must be addresses such as {DefaultAddress} (is \"{url}\")");
        }
    }
}
