using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>
/// Changes what is known of a consumer. What it acknowledged before counts no more where other changes hit it now: an acknowledgement is bound to major and fields.
/// </summary>
/// <param name="Stamp">That of the view which was edited; another one now is a conflict.</param>
public sealed record ChangeConsumer(Guid Id, string Name, int ResponseMajor, IReadOnlyList<string> Fields, string Owner, string Contact, Guid? Stamp = null)
    : IRequest<ConsumerView>, IPermitted, IConsumerFacts
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class ChangeConsumerValidator : AbstractValidator<ChangeConsumer>
{
    public ChangeConsumerValidator()
    {
        Include(new ConsumerFactsValidator());
        RuleFor(change => change.Stamp).NotNull().WithMessage("is required: give back the stamp of the consumer that was read, so that nobody else's change is overwritten");
    }
}

internal sealed class ChangeConsumerHandler(ControlPlaneContext context, IAuditTrail audit) : IRequestHandler<ChangeConsumer, ConsumerView>
{
    public async Task<ConsumerView> Handle(ChangeConsumer request, CancellationToken cancellationToken)
    {
        var consumer = await context.Consumers.AsTracking().SingleOrDefaultAsync(consumer => consumer.Id == request.Id, cancellationToken)
            ?? throw RefusedException.NotFound($"consumer {request.Id}");
        if (request.Stamp != consumer.Stamp) throw Overtaken(consumer.Name);
        // A field that it reads already may be kept, though no newer version has it any more.
        var added = request.Fields.Select(field => consumer.Fields.Contains(field, StringComparer.Ordinal) ? ConsumerImpact.Decision : field).ToList();
        if (await ConsumerRules.UnknownFields(context, consumer.Model, added, cancellationToken) is { Count: > 0 } unknown)
            throw new RefusedException(RefusalKind.Invalid, string.Join("; ", unknown), unknown);
        if (await IsTaken(consumer, request.Name, cancellationToken)) throw Taken(consumer.Model, request.Name);
        var before = ConsumerView.Of(consumer);
        (consumer.Name, consumer.ResponseMajor, consumer.Fields) = (request.Name, request.ResponseMajor, request.Fields);
        (consumer.Owner, consumer.Contact, consumer.Stamp) = (request.Owner, request.Contact, Guid.NewGuid());
        audit.Append("consumer_changed", $"models/{consumer.Model}/consumers/{consumer.Id}", detail: new { Before = before, After = ConsumerView.Of(consumer) });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Overtaken(request.Name);
        }
        catch (DbUpdateException)
        {
            context.ChangeTracker.Clear();
            if (await IsTaken(consumer, request.Name, cancellationToken)) throw Taken(consumer.Model, request.Name);
            throw;
        }

        return ConsumerView.Of(consumer);
    }

    private Task<bool> IsTaken(Consumer consumer, string name, CancellationToken cancellationToken) =>
        context.Consumers.AnyAsync(other => other.Model == consumer.Model && other.Name == name && other.Id != consumer.Id, cancellationToken);

    private static RefusedException Taken(string model, string name) => new(RefusalKind.Conflict, $"{model} has a consumer {name} already.");

    private static RefusedException Overtaken(string name) => new(RefusalKind.Conflict, $"Somebody else changed or removed {name} meanwhile. Nothing was changed; look again and repeat.");
}
