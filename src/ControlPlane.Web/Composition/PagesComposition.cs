using ControlPlane.Web.Access;
using Radzen;

namespace ControlPlane.Web.Composition;

/// <summary>The pages: server-side Blazor, static files, and the order of what a request passes.</summary>
internal static class PagesComposition
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
    }

    public static void UsePagesAndAccess(this WebApplication app)
    {
        app.UseWhen(context => !SignInRedirect.IsApi(context.Request), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
    }
}
