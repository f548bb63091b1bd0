using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>Writes down that a program reads a model's answers. No fields: it reads all.</summary>
public sealed record RegisterConsumer(string Model, string Name, int ResponseMajor, IReadOnlyList<string> Fields, string Owner, string Contact)
    : IRequest<ConsumerView>, IPermitted, IConsumerFacts
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class RegisterConsumerValidator : AbstractValidator<RegisterConsumer>
{
    public RegisterConsumerValidator() => Include(new ConsumerFactsValidator());
}

internal sealed class RegisterConsumerHandler(ControlPlaneContext context, ICurrentCaller currentCaller, IAuditTrail audit, TimeProvider clock)
    : IRequestHandler<RegisterConsumer, ConsumerView>
{
    public async Task<ConsumerView> Handle(RegisterConsumer request, CancellationToken cancellationToken)
    {
        if (!await context.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        if (await ConsumerRules.UnknownFields(context, request.Model, request.Fields, cancellationToken) is { Count: > 0 } unknown)
            throw new RefusedException(RefusalKind.Invalid, string.Join("; ", unknown), unknown);
        if (await IsTaken(request, cancellationToken)) throw Taken(request);
        var consumer = new Consumer
        {
            Id = Guid.CreateVersion7(),
            Model = request.Model,
            Name = request.Name,
            ResponseMajor = request.ResponseMajor,
            Fields = request.Fields,
            Owner = request.Owner,
            Contact = request.Contact,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = currentCaller.Caller.Name,
            Stamp = Guid.NewGuid(),
        };
        context.Consumers.Add(consumer);
        audit.Append("consumer_registered", $"models/{consumer.Model}/consumers/{consumer.Id}", detail: ConsumerView.Of(consumer));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else may have registered it since it was looked for.
            context.ChangeTracker.Clear();
            if (await IsTaken(request, cancellationToken)) throw Taken(request);
            throw;
        }

        return ConsumerView.Of(consumer);
    }

    private Task<bool> IsTaken(RegisterConsumer request, CancellationToken cancellationToken) =>
        context.Consumers.AnyAsync(consumer => consumer.Model == request.Model && consumer.Name == request.Name, cancellationToken);

    private static RefusedException Taken(RegisterConsumer request) => new(RefusalKind.Conflict, $"{request.Model} has a consumer {request.Name} already.");
}
