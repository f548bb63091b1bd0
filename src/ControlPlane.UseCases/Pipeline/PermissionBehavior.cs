using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using MediatR;

namespace ControlPlane.UseCases.Pipeline;

/// <summary>Nobody gets past it without the permission that the request names; whoever is known and tries is written down.</summary>
internal sealed class PermissionBehavior<TRequest, TResponse>(ICurrentCaller currentCaller, IAuditTrail audit, ControlPlaneContext context)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        // A request that forgot to say what it needs is refused, not let through.
        if (request is not IPermitted permitted) throw new InvalidOperationException($"{typeof(TRequest).Name} does not say what its caller must be allowed.");
        if (permitted.Needs is not { } needed) return await next();
        var caller = currentCaller.Caller;
        if (RolePermissions.Allow(caller.Roles, needed)) return await next();
        if (caller.Kind == CallerKind.Anonymous) throw new RefusedException(RefusalKind.Unauthenticated, "Sign in, or send a valid API key.");
        audit.Append("refused", $"requests/{SnakeCaseWord.Of(needed)}", $"{caller.Name} lacks the permission {SnakeCaseWord.Of(needed)}.", new { Request = typeof(TRequest).Name });
        await context.SaveChangesAsync(cancellationToken);
        throw new RefusedException(RefusalKind.Forbidden, $"You lack the permission {SnakeCaseWord.Of(needed)}.");
    }
}
