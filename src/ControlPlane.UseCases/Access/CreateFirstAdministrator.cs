using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>Makes the first person of an installation; refused (Conflict) as soon as there is one, also when two ask at once.</summary>
public sealed record CreateFirstAdministrator(string Email, string DisplayName, string Password) : IRequest, IPermitted
{
    public Permission? Needs => null;
}
