using ControlPlane.UseCases.Access;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ControlPlane.Web.Access;

/// <summary>Where somebody without a cookie goes: programs get a status, people the sign-in page, the very first person the set-up page.</summary>
public static class SignInRedirect
{
    public static async Task ToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsApi(context.Request)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if (await context.HttpContext.RequestServices.GetRequiredService<IMediator>().Send(new HasAdministrator())) context.Response.Redirect(context.RedirectUri);
        else context.Response.Redirect("/setup");
    }

    public static Task ToDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsApi(context.Request)) context.Response.StatusCode = StatusCodes.Status403Forbidden;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");
}
