using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>Whether the installation has an administrator yet; the first visit asks for one otherwise.</summary>
public sealed record HasAdministrator : IRequest<bool>, IPermitted
{
    public Permission? Needs => null;
}
