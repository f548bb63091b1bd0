using ControlPlane.Domain.Access;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>A model's split in an environment.</summary>
public sealed record GetSplit(string Model, string Environment = "production") : IRequest<SplitView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

public sealed class GetSplitHandler(ControlPlaneContext database) : IRequestHandler<GetSplit, SplitView>
{
    public async Task<SplitView> Handle(GetSplit request, CancellationToken cancellationToken)
    {
        var split = await database.Splits.AsNoTracking()
            .SingleOrDefaultAsync(split => split.Environment == request.Environment && split.Model == request.Model, cancellationToken);
        if (split is not null) return View(split);
        if (!await database.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        if (!await database.Environments.AnyAsync(environment => environment.Name == request.Environment, cancellationToken))
            throw RefusedException.NotFound($"environment {request.Environment}");
        return new(request.Model, request.Environment, 0, null, [], []);
    }

    private static SplitView View(Split split)
    {
        var rest = TrafficRouter.Buckets - split.Shares.Sum(share => share.ShareBasisPoints);
        return new(split.Model, split.Environment, split.Generation, split.Champion, [new(split.Champion, Percent(rest)), .. split.Shares.Select(View)], [.. split.Mirrors.Select(View)]);
    }

    private static ShareView View(TrafficShare share) => new(share.Version, Percent(share.ShareBasisPoints));

    private static double Percent(int basisPoints) => basisPoints / 100.0;
}
