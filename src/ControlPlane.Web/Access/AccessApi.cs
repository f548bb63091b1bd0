using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using MediatR;

namespace ControlPlane.Web.Access;

/// <summary>API keys over HTTP.</summary>
public static class AccessApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("Access");
        keys.MapGet("", (IMediator mediator, CancellationToken cancel) => mediator.Send(new ListApiKeys(), cancel)).WithSummary("Every API key, newest first; never the secrets.");
        keys.MapPost("", Create).WithSummary("A new key; its secret is in this answer and nowhere else.");
        keys.MapDelete("/{id:guid}", Revoke).WithSummary("The key is refused from now on.");
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Created<CreatedApiKeyBody>> Create(NewApiKeyBody body, IMediator mediator, CancellationToken cancel)
    {
        var created = await mediator.Send(new CreateApiKey(body.Name, body.Role), cancel);
        var key = created.Key;
        return TypedResults.Created($"/api/v1/api-keys/{key.Id}", new CreatedApiKeyBody(key.Id, key.Name, key.Prefix, key.Role, key.CreatedAt, created.Secret));
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.NoContent> Revoke(Guid id, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(new RevokeApiKey(id), cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>What a new key is to be.</summary>
public sealed record NewApiKeyBody(string Name, Role Role);

/// <summary>A new key with its secret.</summary>
public sealed record CreatedApiKeyBody(Guid Id, string Name, string Prefix, Role Role, DateTimeOffset CreatedAt, string Secret);
