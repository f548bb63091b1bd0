using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Access;

/// <summary>A key as it is listed; the secret is never kept.</summary>
public sealed record ApiKeyView(Guid Id, string Name, string Prefix, Role Role, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    internal static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.Prefix, key.Role, key.CreatedAt, key.CreatedBy, key.LastUsedAt, key.RevokedAt);
}

/// <summary>Every key, newest first.</summary>
public sealed record ListApiKeys : IRequest<IReadOnlyList<ApiKeyView>>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}

internal sealed class ListApiKeysHandler(ControlPlaneContext context) : IRequestHandler<ListApiKeys, IReadOnlyList<ApiKeyView>>
{
    public async Task<IReadOnlyList<ApiKeyView>> Handle(ListApiKeys request, CancellationToken cancellationToken)
    {
        var keys = await context.ApiKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).ToListAsync(cancellationToken);
        return [.. keys.Select(ApiKeyView.Of)];
    }
}
