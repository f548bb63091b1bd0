using System.Text.Json;
using ControlPlane.UseCases.Audit;
using MediatR;

namespace ControlPlane.Web.Audit;

/// <summary>The audit trail over HTTP.</summary>
public static class AuditApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/audit").WithTags("Audit").MapGet("", List).WithSummary("Audit entries, newest first.");

    private static async Task<IReadOnlyList<AuditBody>> List(
        IMediator mediator, CancellationToken cancel, string? subject = null, string? action = null, DateTimeOffset? since = null, int skip = 0, int take = 100)
    {
        var entries = await mediator.Send(new ListAudit(subject, action, since, skip, take), cancel);
        return [.. entries.Select(AuditBody.Of)];
    }
}

/// <summary>An audit entry.</summary>
public sealed record AuditBody(long Id, DateTimeOffset At, string ActorKind, string Actor, string? Address, string Action, string Subject, string? Reason, JsonElement? Detail)
{
    public static AuditBody Of(AuditView entry) => new(
        entry.Id, entry.At, entry.ActorKind, entry.Actor, entry.Address, entry.Action, entry.Subject, entry.Reason,
        entry.DetailJson is null ? null : JsonSerializer.Deserialize<JsonElement>(entry.DetailJson));
}
