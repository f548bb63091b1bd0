using ControlPlane.Web.Access;
using ControlPlane.Web.Components;
using ControlPlane.Web.Live;
using ControlPlane.Web.Parts;
using Radzen;

namespace ControlPlane.Web.Composition;

/// <summary>The pages: server-side Blazor, static files, and the order of what a request passes.</summary>
internal static class PagesComposition
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

    public static void UsePagesAndAccess(this WebApplication app)
    {
        app.UseWhen(context => !SignInRedirect.IsApi(context.Request), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        // After the line above, so that a page that is re-executed is routed again.
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        // Every page asks for a signed-in person unless it says AllowAnonymous.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
    }
}
