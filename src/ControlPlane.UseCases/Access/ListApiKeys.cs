using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>A key as it is listed; the secret is never kept.</summary>
public sealed record ApiKeyView(Guid Id, string Name, string Prefix, Role Role, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>Every key, newest first.</summary>
public sealed record ListApiKeys : IRequest<IReadOnlyList<ApiKeyView>>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}
