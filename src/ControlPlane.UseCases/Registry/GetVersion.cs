using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>One version with contract and checks.</summary>
public sealed record GetVersion(string Model, int Version) : IRequest<VersionView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class GetVersionHandler(ControlPlaneContext context) : IRequestHandler<GetVersion, VersionView>
{
    public async Task<VersionView> Handle(GetVersion request, CancellationToken cancellationToken)
    {
        var version = await context.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.Model == request.Model && version.Version == request.Version, cancellationToken);
        return version?.ToView() ?? throw RefusedException.NotFound($"version {request.Version} of the model {request.Model}");
    }
}
