using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Access;

/// <summary>The forms that set and remove the cookie. Binding a form makes the framework demand its antiforgery token.</summary>
public static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").ExcludeFromDescription();
        account.MapPost("/sign-in", SignIn);
        account.MapPost("/sign-out", SignOut);
        account.MapPost("/first-administrator", CreateFirst);
    }

    private static async Task<IResult> SignIn(
        [FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return_url")] string? returnUrl, SignInManager<Person> signIn)
    {
        var result = await signIn.PasswordSignInAsync(email?.Trim() ?? "", password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded) return Results.LocalRedirect(Local(returnUrl));
        var error = result.IsLockedOut ? "locked" : "wrong";
        return Results.LocalRedirect($"/sign-in?error={error}&return_url={Uri.EscapeDataString(Local(returnUrl))}");
    }

    private static async Task<IResult> SignOut([FromForm(Name = "return_url")] string? returnUrl, SignInManager<Person> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(returnUrl is null ? "/sign-in" : Local(returnUrl));
    }

    private static async Task<IResult> CreateFirst(
        [FromForm] string? email, [FromForm(Name = "display_name")] string? displayName, [FromForm] string? password, IMediator mediator, SignInManager<Person> signIn)
    {
        try
        {
            await mediator.Send(new CreateFirstAdministrator(email?.Trim() ?? "", displayName?.Trim() ?? "", password ?? ""));
        }
        catch (RefusedException refusal)
        {
            return Results.LocalRedirect($"/setup?error={Uri.EscapeDataString(refusal.Message)}");
        }

        var person = await signIn.UserManager.FindByEmailAsync(email!.Trim()) ?? throw new InvalidOperationException("The first administrator was made and cannot be found.");
        await signIn.SignInAsync(person, isPersistent: true);
        return Results.LocalRedirect("/");
    }

    // Only a path of this site is followed: "//elsewhere" and "/\elsewhere" lead away.
    private static string Local(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) && !url.Any(char.IsControl) ? url : "/";
}
