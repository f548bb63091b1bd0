using System.Security.Claims;
using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;

namespace ControlPlane.Web.Access;

/// <summary>A caller as claims and back: what the cookie, the API key handler and the circuits have in common.</summary>
public static class CallerClaims
{
    public const string Kind = "caller_kind";
    public const string DisplayName = "display_name";

    public static ClaimsIdentity Identity(Caller caller, string scheme) => new(
        [new(ClaimTypes.Name, caller.Name), new(Kind, caller.Kind.ToString()), .. Roles(caller.Roles)], scheme, ClaimTypes.Name, ClaimTypes.Role);

    public static IEnumerable<Claim> Roles(IEnumerable<Role> roles) => roles.Select(role => new Claim(ClaimTypes.Role, role.ToString()));

    /// <summary>Who the principal is; anonymous when nobody is signed in. A role that this program does not know gives nothing.</summary>
    public static Caller Of(ClaimsPrincipal principal, string? address)
    {
        if (principal.Identity is not { IsAuthenticated: true, Name: { } name }) return Caller.Anonymous with { Address = address };
        var kind = Enum.TryParse<CallerKind>(principal.FindFirstValue(Kind), out var known) ? known : CallerKind.Person;
        var roles = principal.FindAll(ClaimTypes.Role).Select(claim => Enum.TryParse<Role>(claim.Value, out var role) ? role : (Role?)null).OfType<Role>();
        return new(kind, name, [.. roles], address);
    }
}
