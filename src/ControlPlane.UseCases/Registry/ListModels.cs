using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>Every model, by name, without its versions' details.</summary>
public sealed record ListModels(string Environment = DeploymentEnvironment.Production) : IRequest<IReadOnlyList<ModelView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class ListModelsHandler(ControlPlaneContext context) : IRequestHandler<ListModels, IReadOnlyList<ModelView>>
{
    public async Task<IReadOnlyList<ModelView>> Handle(ListModels request, CancellationToken cancellationToken)
    {
        var models = await context.Models.AsNoTracking().OrderBy(model => model.Name).ToListAsync(cancellationToken);
        var champions = await context.Splits.Where(split => split.Environment == request.Environment)
            .Select(split => new { split.Model, split.Champion }).ToDictionaryAsync(split => split.Model, split => split.Champion, cancellationToken);
        var latest = await context.Versions.GroupBy(version => version.Model)
            .Select(versions => new { Model = versions.Key, Version = versions.Max(version => version.Version) })
            .ToDictionaryAsync(newest => newest.Model, newest => newest.Version, cancellationToken);
        return
        [
            .. models.Select(model => new ModelView(model.Name, model.Description, model.CreatedAt, Find(champions, model.Name), Find(latest, model.Name), [], model.Compatibility)),
        ];
    }

    private static int? Find(Dictionary<string, int> numbers, string model) => numbers.TryGetValue(model, out var number) ? number : null;
}
