using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>Forgets a consumer with its acknowledgements; the audit trail keeps both.</summary>
public sealed record RemoveConsumer(Guid Id) : IRequest, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class RemoveConsumerHandler(ControlPlaneContext context, IAuditTrail audit) : IRequestHandler<RemoveConsumer>
{
    public async Task<Unit> Handle(RemoveConsumer request, CancellationToken cancellationToken)
    {
        var consumer = await context.Consumers.AsTracking().SingleOrDefaultAsync(consumer => consumer.Id == request.Id, cancellationToken)
            ?? throw RefusedException.NotFound($"consumer {request.Id}");
        context.Consumers.Remove(consumer);
        audit.Append("consumer_removed", $"models/{consumer.Model}/consumers/{consumer.Id}", detail: ConsumerView.Of(consumer));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException(RefusalKind.Conflict, $"Somebody else changed or removed {consumer.Name} meanwhile. Nothing was changed; look again and repeat.");
        }

        return Unit.Value;
    }
}
