using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>The key is refused from now on. Revoking it again changes nothing.</summary>
public sealed record RevokeApiKey(Guid Id) : IRequest, IPermitted
{
    public Permission? Needs => Permission.Administer;
}

internal sealed class RevokeApiKeyHandler(ControlPlaneContext context, IAuditTrail audit, TimeProvider clock) : IRequestHandler<RevokeApiKey>
{
    public async Task<Unit> Handle(RevokeApiKey request, CancellationToken cancellationToken)
    {
        var key = await context.ApiKeys.FindAsync([request.Id], cancellationToken) ?? throw RefusedException.NotFound($"API key {request.Id}");
        if (key.RevokedAt is not null) return Unit.Value;
        key.RevokedAt = clock.GetUtcNow();
        audit.Append("api_key_revoked", $"api-keys/{key.Id}", detail: new { key.Name, key.Prefix });
        await context.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
