using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>One model with its versions.</summary>
public sealed record GetModel(string Name, string Environment = DeploymentEnvironment.Production) : IRequest<ModelView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class GetModelHandler(ControlPlaneContext context) : IRequestHandler<GetModel, ModelView>
{
    public async Task<ModelView> Handle(GetModel request, CancellationToken cancellationToken)
    {
        var model = await context.Models.AsNoTracking().SingleOrDefaultAsync(model => model.Name == request.Name, cancellationToken)
            ?? throw RefusedException.NotFound($"model {request.Name}");
        var champion = await context.Splits.Where(split => split.Environment == request.Environment && split.Model == request.Name)
            .Select(split => (int?)split.Champion).SingleOrDefaultAsync(cancellationToken);
        var versions = await context.Versions.Where(version => version.Model == request.Name).OrderByDescending(version => version.Version)
            .Select(version => new VersionSummary(
                version.Version, version.Status, version.ReleaseDigest, version.ArtifactDigest, version.ArtifactBytes, version.CreatedAt, version.CreatedBy, version.Notes))
            .ToListAsync(cancellationToken);
        return new(model.Name, model.Description, model.CreatedAt, champion, versions.FirstOrDefault()?.Version, versions, model.Compatibility);
    }
}
