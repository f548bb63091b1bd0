using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>What a version changes against another one and whom that hits.</summary>
/// <param name="Against">Null takes the champion of the environment, or the version before where that is the version itself or there is none.</param>
public sealed record CompareVersions(string Model, int Version, int? Against = null, string Environment = DeploymentEnvironment.Production) : IRequest<ComparisonView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class CompareVersionsHandler(ComparisonReader comparisons) : IRequestHandler<CompareVersions, ComparisonView>
{
    public async Task<ComparisonView> Handle(CompareVersions request, CancellationToken cancellationToken)
    {
        var after = await comparisons.Version(request.Model, request.Version, cancellationToken);
        var before = await comparisons.Against(after, request.Against, request.Environment, cancellationToken);
        return (await comparisons.Compare(before, after, cancellationToken)).View();
    }
}
