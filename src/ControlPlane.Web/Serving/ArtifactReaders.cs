using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.Web.Serving;

/// <summary>Who may read the bytes of artifacts: nodes by their key, people and programs that may view models.</summary>
internal static class ArtifactReaders
{
    public static Task Require(HttpContext context, MediatR.IMediator mediator, CancellationToken cancel)
    {
        var caller = context.RequestServices.GetRequiredService<ICurrentCaller>().Caller;
        if (RolePermissions.Allow(caller.Roles, Permission.View)) return Task.CompletedTask;
        throw new RefusedException(caller.Kind == CallerKind.Anonymous ? RefusalKind.Unauthenticated : RefusalKind.Forbidden, "Artifacts are for nodes, and for callers that may view models.");
    }
}
