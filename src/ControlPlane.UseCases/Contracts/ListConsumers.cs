using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>Consumers by model and name; those of one model when it is named.</summary>
public sealed record ListConsumers(string? Model = null) : IRequest<IReadOnlyList<ConsumerView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

internal sealed class ListConsumersHandler(ControlPlaneContext context) : IRequestHandler<ListConsumers, IReadOnlyList<ConsumerView>>
{
    public async Task<IReadOnlyList<ConsumerView>> Handle(ListConsumers request, CancellationToken cancellationToken)
    {
        if (request.Model is { } name && !await context.Models.AnyAsync(model => model.Name == name, cancellationToken)) throw RefusedException.NotFound($"model {name}");
        var consumers = await context.Consumers.AsNoTracking().Where(consumer => request.Model == null || consumer.Model == request.Model)
            .OrderBy(consumer => consumer.Model).ThenBy(consumer => consumer.Name).ToListAsync(cancellationToken);
        return [.. consumers.Select(ConsumerView.Of)];
    }
}
