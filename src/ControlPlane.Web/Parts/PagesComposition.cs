using ControlPlane.Web.Components;
using ControlPlane.Web.Live;
using Radzen;

namespace ControlPlane.Web.Parts;

/// <summary>What the pages need, and where they are mapped.</summary>
public static class PagesComposition
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddScoped<IPageSender, ScopedPageSender>();
        services.AddSingleton<ScheduleSender>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService<LiveFeedPoll>();
    }

    /// <summary>Every page asks for a signed-in person unless it says AllowAnonymous.</summary>
    public static void MapPages(this WebApplication app) =>
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
}
