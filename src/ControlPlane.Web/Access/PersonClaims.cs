using System.Security.Claims;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ControlPlane.Web.Access;

/// <summary>Puts a person's roles and display name into the cookie.</summary>
public sealed class PersonClaims(UserManager<Person> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Person>(people, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(CallerClaims.Kind, nameof(CallerKind.Person)));
        identity.AddClaim(new(CallerClaims.DisplayName, user.DisplayName));
        identity.AddClaims(CallerClaims.Roles(user.Roles));
        return identity;
    }
}
