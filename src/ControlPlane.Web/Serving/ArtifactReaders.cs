using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Access;
using MediatR;

namespace ControlPlane.Web.Serving;

/// <summary>Who may read the bytes of artifacts: nodes by their key, people and programs that may view models.</summary>
public sealed class ArtifactReaders(ICurrentCaller current, IMediator mediator)
{
    public async Task Require(HttpRequest request, CancellationToken cancel)
    {
        if (RolePermissions.Allow(current.Caller.Roles, Permission.View)) return;
        if (ApiKeyAuthentication.Bearer(request) is { } key && await mediator.Send(new VerifyNodeKey(key), cancel)) return;
        throw new RefusedException(RefusalKind.Unauthenticated, "Artifacts are for nodes, and for callers that may view models.");
    }
}
