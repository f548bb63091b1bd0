using ControlPlane.UseCases.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlPlane.Web.Contracts;

/// <summary>Consumers of models and their acknowledgements over HTTP.</summary>
public static class ConsumersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var ofModel = api.MapGroup("/models/{model}/consumers").WithTags("Contracts");
        ofModel.MapGet("", (string model, IMediator mediator, CancellationToken cancel) => mediator.Send(new ListConsumers(model), cancel)).WithSummary("Consumers of one model, by name.");
        ofModel.MapPost("", Register).WithSummary("Registers a consumer: the major form of the answer and the fields that it reads, and whom to ask.");
        var consumers = api.MapGroup("/consumers").WithTags("Contracts");
        consumers.MapGet("", (IMediator mediator, CancellationToken cancel) => mediator.Send(new ListConsumers(), cancel)).WithSummary("Every consumer, by model and name.");
        consumers.MapPut("/{id:guid}", Change).WithSummary("Changes a consumer, with the stamp of the one that was read and as long as nobody else did.");
        consumers.MapDelete("/{id:guid}", Remove).WithSummary("Forgets a consumer.");
        consumers.MapPost("/{id:guid}/acknowledgements", Acknowledge)
            .WithSummary("The consumer can live with a version's breaking changes, against the version named, the champion of production, or the version before.");
    }

    private static async Task<Created<ConsumerView>> Register(string model, ConsumerBody body, IMediator mediator, CancellationToken cancel)
    {
        var consumer = await mediator.Send(new RegisterConsumer(model, body.Name, body.ResponseMajor, body.Fields ?? [], body.Owner, body.Contact), cancel);
        return TypedResults.Created($"/api/v1/models/{consumer.Model}/consumers", consumer);
    }

    private static Task<ConsumerView> Change(Guid id, ChangedConsumerBody body, IMediator mediator, CancellationToken cancel) =>
        mediator.Send(new ChangeConsumer(id, body.Name, body.ResponseMajor, body.Fields ?? [], body.Owner, body.Contact, body.Stamp), cancel);

    private static async Task<NoContent> Remove(Guid id, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(new RemoveConsumer(id), cancel);
        return TypedResults.NoContent();
    }

    private static Task<HitConsumerView> Acknowledge(Guid id, AcknowledgementBody body, IMediator mediator, CancellationToken cancel) =>
        mediator.Send(new AcknowledgeChanges(id, body.Version, body.Against, body.Comment), cancel);
}

/// <summary>A consumer to be registered. No fields: it reads all.</summary>
public sealed record ConsumerBody(string Name, string Owner, string Contact, int ResponseMajor = 1, IReadOnlyList<string>? Fields = null);

/// <summary>A consumer as it is to be. The stamp of the one that was read keeps others' changes from being overwritten.</summary>
public sealed record ChangedConsumerBody(string Name, string Owner, string Contact, int ResponseMajor = 1, IReadOnlyList<string>? Fields = null, Guid? Stamp = null);

/// <summary>What is acknowledged.</summary>
public sealed record AcknowledgementBody(int Version, int? Against = null, string? Comment = null);
