using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>One version with contract and checks; the check Compatible is as things are at this moment.</summary>
public sealed record GetVersion(string Model, int Version) : IRequest<VersionView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class GetVersionHandler(ControlPlaneContext context, CompatibleCheck compatible) : IRequestHandler<GetVersion, VersionView>
{
    public async Task<VersionView> Handle(GetVersion request, CancellationToken cancellationToken)
    {
        var version = await context.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.Model == request.Model && version.Version == request.Version, cancellationToken)
            ?? throw RefusedException.NotFound($"version {request.Version} of the model {request.Model}");
        var view = version.ToView();
        var stored = view.Checks.Where(check => check.Name != CheckName.Compatible);
        return view with { Checks = [.. stored, await compatible.Judge(version, cancellationToken)] };
    }
}
