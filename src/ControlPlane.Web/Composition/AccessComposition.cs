using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ControlPlane.Web.Composition;

/// <summary>People, cookies, API keys and who is asking.</summary>
internal static class AccessComposition
{
    private const string EitherScheme = "CookieOrApiKey";

    public static void AddAccess(this IServiceCollection services, DataFolders data)
    {
        services.AddDataProtection().SetApplicationName("ControlPlane").PersistKeysToFileSystem(Directory.CreateDirectory(data.Keys));
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<ICurrentCaller>(provider => provider.GetRequiredService<CurrentCaller>());
        services.AddScoped<CircuitHandler, CircuitCaller>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        services.AddAntiforgery(options => options.Cookie.Name = "controlplane-antiforgery");
        AddPeople(services);
        AddSchemes(services);
    }

    private static void AddPeople(IServiceCollection services) => services.AddIdentityCore<Person>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // Length over composition rules, as NIST SP 800-63B recommends.
            options.Password.RequiredLength = 8;
            options.Password.RequiredUniqueChars = 4;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        })
        .AddEntityFrameworkStores<ControlPlaneContext>()
        .AddClaimsPrincipalFactory<PersonClaims>()
        .AddSignInManager();

    // Nodes report every second with keys of their own, which would be looked up among the API keys in vain.
    private static bool BringsApiKey(HttpRequest request) =>
        ApiKeyAuthentication.Bearer(request) is not null && !(request.Path.StartsWithSegments("/api/v1/nodes", out var rest) && rest.HasValue);

    private static void AddSchemes(IServiceCollection services)
    {
        var authentication = services.AddAuthentication(options =>
        {
            options.DefaultScheme = EitherScheme;
            options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
        });
        authentication.AddPolicyScheme(EitherScheme, EitherScheme, options =>
            options.ForwardDefaultSelector = context => BringsApiKey(context.Request) ? ApiKeyAuthentication.SchemeName : IdentityConstants.ApplicationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        authentication.AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "controlplane";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/sign-in";
            cookie.ReturnUrlParameter = "return_url";
            cookie.Events.OnRedirectToLogin = SignInRedirect.ToSignIn;
            cookie.Events.OnRedirectToAccessDenied = SignInRedirect.ToDenied;
        });
    }
}
