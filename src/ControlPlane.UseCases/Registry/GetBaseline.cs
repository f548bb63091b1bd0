using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>The bins of a version with what the reference counted in them.</summary>
public sealed record GetBaseline(string Model, int Version) : IRequest<Baseline>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class GetBaselineHandler(ControlPlaneContext context) : IRequestHandler<GetBaseline, Baseline>
{
    public async Task<Baseline> Handle(GetBaseline request, CancellationToken cancellationToken)
    {
        var version = await context.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.Model == request.Model && version.Version == request.Version, cancellationToken)
            ?? throw RefusedException.NotFound($"version {request.Version} of the model {request.Model}");
        return version.Baseline ?? throw RefusedException.NotFound(
            $"baseline of version {request.Version} of the model {request.Model}: it came without reference data and without golden samples");
    }
}
