using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Rollouts, newest first, at most <paramref name="Take"/>; optionally one model's or only the open ones. Closed ones come without history and verdicts, which their own page shows.</summary>
public sealed record ListRollouts(string? Model = null, string? Environment = null, bool OpenOnly = false, int Take = 100) : IRequest<IReadOnlyList<RolloutView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

public sealed class ListRolloutsHandler(ControlPlaneContext database, RolloutReader reader) : IRequestHandler<ListRollouts, IReadOnlyList<RolloutView>>
{
    private const int Most = 1000;

    public async Task<IReadOnlyList<RolloutView>> Handle(ListRollouts request, CancellationToken cancellationToken)
    {
        var rollouts = database.Rollouts.AsNoTracking();
        if (request.Model is { } model) rollouts = rollouts.Where(row => row.Model == model);
        if (request.Environment is { } environment) rollouts = rollouts.Where(row => row.Environment == environment);
        if (request.OpenOnly) rollouts = rollouts.Where(row => row.OpenSlot != null);
        var rows = await rollouts.OrderByDescending(row => row.Id).Take(Math.Clamp(request.Take, 0, Most)).ToListAsync(cancellationToken);
        var views = new List<RolloutView>();
        foreach (var row in rows) views.Add(row.OpenSlot is null ? reader.Brief(row) : await reader.View(row, cancellationToken));
        return views;
    }
}
