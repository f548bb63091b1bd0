using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>Who a bearer secret belongs to; null when it is unknown or revoked.</summary>
public sealed record VerifyApiKey(string Secret) : IRequest<Caller?>, IPermitted
{
    public Permission? Needs => null;
}
