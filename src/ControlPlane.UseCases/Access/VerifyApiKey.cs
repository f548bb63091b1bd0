using System.Security.Cryptography;
using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Access;

/// <summary>Who a bearer secret belongs to; null when it is unknown or revoked.</summary>
public sealed record VerifyApiKey(string Secret) : IRequest<Caller?>, IPermitted
{
    public Permission? Needs => null;
}

internal sealed class VerifyApiKeyHandler(ControlPlaneContext context, TimeProvider clock) : IRequestHandler<VerifyApiKey, Caller?>
{
    // Often enough to see whether a key is in use, seldom enough not to write with every request.
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    public async Task<Caller?> Handle(VerifyApiKey request, CancellationToken cancellationToken)
    {
        var prefix = ApiKeySecret.PrefixOf(request.Secret);
        var hash = ApiKeySecret.HashOf(request.Secret);
        var candidates = await context.ApiKeys.AsNoTracking().Where(key => key.Prefix == prefix && key.RevokedAt == null).ToListAsync(cancellationToken);
        var found = candidates.Find(key => CryptographicOperations.FixedTimeEquals(key.SecretHash, hash));
        if (found is null) return null;
        var now = clock.GetUtcNow();
        if (found.LastUsedAt is not { } last || now - last >= UseIsNotedEvery)
            await context.ApiKeys.Where(key => key.Id == found.Id).ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, now), cancellationToken);
        return new(CallerKind.ApiKey, found.Name, [found.Role], null);
    }
}
