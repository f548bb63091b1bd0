using ControlPlane.UseCases.Rollouts;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlPlane.Web.Rollouts;

/// <summary>Rollouts over HTTP.</summary>
public static class RolloutsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var rollouts = api.MapGroup("/rollouts").WithTags("Rollouts");
        rollouts.MapPost("", Draft).WithSummary("Writes a rollout down, with the paths of the breaking changes that are accepted; submit starts it.");
        rollouts.MapGet("", List).WithSummary("Rollouts, newest first.");
        rollouts.MapGet("/{id:long}", async (long id, IMediator mediator, CancellationToken cancel) => RolloutBody.Of(await mediator.Send(new GetRollout(id), cancel)))
            .WithSummary("One rollout with steps, verdicts and history.");
        foreach (var action in Enum.GetValues<RolloutAction>())
        {
            var word = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(action.ToString());
            rollouts.MapPost($"/{{id:long}}/{word}", (long id, IMediator mediator, CancellationToken cancel, ReasonBody? body = null) => Act(id, action, body, mediator, cancel))
                .WithSummary($"Asks the rollout to {word}; 409 with the reason when its phase does not allow it.");
        }
    }

    private static async Task<Created<RolloutBody>> Draft(NewRolloutBody body, IMediator mediator, CancellationToken cancel)
    {
        var rollout = await mediator.Send(new DraftRollout(body.Model, body.Version, body.Environment, body.Plan(), body.AcceptedChanges), cancel);
        return TypedResults.Created($"/api/v1/rollouts/{rollout.Id}", RolloutBody.Of(rollout));
    }

    private static async Task<IReadOnlyList<RolloutBody>> List(
        IMediator mediator, CancellationToken cancel, string? model = null, string? environment = null, bool open = false, int take = 100)
    {
        var rollouts = await mediator.Send(new ListRollouts(model, environment, open, take), cancel);
        return [.. rollouts.Select(RolloutBody.Of)];
    }

    private static async Task<RolloutBody> Act(long id, RolloutAction action, ReasonBody? body, IMediator mediator, CancellationToken cancel) =>
        RolloutBody.Of(await mediator.Send(new ActOnRollout(id, action, body?.Reason), cancel));
}
