using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>A new key of one role; the secret is in the answer and nowhere else.</summary>
public sealed record CreateApiKey(string Name, Role Role) : IRequest<CreatedApiKey>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}

/// <summary>The key and, this once, its secret.</summary>
public sealed record CreatedApiKey(ApiKeyView Key, string Secret);
