using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>
/// A consumer's word that it can live with the breaking changes of a version. It counts for exactly these two releases, these changes and what the consumer
/// relies on now; giving it again changes nothing. It approves nothing: that is another permission and another person's.
/// </summary>
/// <param name="Against">Null takes the champion of production, or the version before.</param>
public sealed record AcknowledgeChanges(Guid ConsumerId, int Version, int? Against = null, string? Comment = null) : IRequest<HitConsumerView>, IPermitted
{
    public Permission? Needs => Permission.AcknowledgeChanges;
}

internal sealed class AcknowledgeChangesValidator : AbstractValidator<AcknowledgeChanges>
{
    public AcknowledgeChangesValidator() =>
        RuleFor(request => request.Comment).MaximumLength(Lengths.Paragraph).WithMessage($"must be at most {Lengths.Paragraph} characters long");
}

internal sealed class AcknowledgeChangesHandler(ControlPlaneContext context, ComparisonReader comparisons, ICurrentCaller currentCaller, IAuditTrail audit, TimeProvider clock)
    : IRequestHandler<AcknowledgeChanges, HitConsumerView>
{
    public async Task<HitConsumerView> Handle(AcknowledgeChanges request, CancellationToken cancellationToken)
    {
        var consumer = await context.Consumers.AsNoTracking().SingleOrDefaultAsync(consumer => consumer.Id == request.ConsumerId, cancellationToken)
            ?? throw RefusedException.NotFound($"consumer {request.ConsumerId}");
        var after = await comparisons.Version(consumer.Model, request.Version, cancellationToken);
        var before = await comparisons.Against(after, request.Against, DeploymentEnvironment.Production, cancellationToken);
        if (await Find(consumer, before, after, cancellationToken) is not { } hit)
            throw new RefusedException(RefusalKind.Conflict, $"Version {after.Version} breaks nothing for {consumer.Name} that works with version {before.Version}; there is nothing to acknowledge.");
        if (hit.View.Acknowledged) return hit.View;
        context.Acknowledgements.Add(new()
        {
            ConsumerId = consumer.Id,
            Model = consumer.Model,
            Version = after.Version,
            Against = before.Version,
            ChangesDigest = hit.ChangesDigest,
            Comment = request.Comment ?? "",
            At = clock.GetUtcNow(),
            By = currentCaller.Caller.Name,
        });
        audit.Append(
            "changes_acknowledged", $"models/{consumer.Model}/consumers/{consumer.Id}", request.Comment,
            new { Consumer = consumer.Name, after.Version, Against = before.Version, hit.View.Changes, hit.ChangesDigest });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else may have said the same at this moment; then that stands.
            context.ChangeTracker.Clear();
            if (await Find(consumer, before, after, cancellationToken) is { View.Acknowledged: true } said) return said.View;
            throw;
        }

        return (await Find(consumer, before, after, cancellationToken))!.View;
    }

    private async Task<HitConsumer?> Find(Consumer consumer, ModelVersion before, ModelVersion after, CancellationToken cancellationToken) =>
        (await comparisons.Compare(before, after, cancellationToken)).Hit.SingleOrDefault(hit => hit.View.Id == consumer.Id);
}
