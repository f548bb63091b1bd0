using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>The key is refused from now on.</summary>
public sealed record RevokeApiKey(Guid Id) : IRequest, IPermitted
{
    public Permission? Needs => Permission.Administer;
}
