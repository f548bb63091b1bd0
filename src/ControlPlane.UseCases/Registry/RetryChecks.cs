using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>Runs the checks of a version again that failed them (on a node that was short of memory, say). A ready version stays ready: Conflict.</summary>
public sealed record RetryChecks(string Model, int Version) : IRequest<VersionView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class RetryChecksHandler(ControlPlaneContext context, IAuditTrail audit) : IRequestHandler<RetryChecks, VersionView>
{
    public async Task<VersionView> Handle(RetryChecks request, CancellationToken cancellationToken)
    {
        var version = await context.Versions.SingleOrDefaultAsync(version => version.Model == request.Model && version.Version == request.Version, cancellationToken)
            ?? throw RefusedException.NotFound($"version {request.Version} of the model {request.Model}");
        if (version.Status is VersionStatus.Ready or VersionStatus.Archived)
            throw new RefusedException(RefusalKind.Conflict, $"Version {version.Version} is {SnakeCaseWord.Of(version.Status)}; only a rejected one is checked again.");
        version.AskForChecks();
        audit.Append("version_checks_retried", $"models/{version.Model}/versions/{version.Version}");
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException(RefusalKind.Conflict, "Its checks changed just now; look at it again.");
        }

        return version.ToView();
    }
}
