using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Audit;

internal sealed class AuditTrail(ControlPlaneContext context, ICurrentCaller currentCaller, TimeProvider clock) : IAuditTrail
{
    public void Append(string action, string subject, string? reason = null, object? detail = null, Caller? by = null)
    {
        var actor = by ?? currentCaller.Caller;
        context.AuditEntries.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            ActorKind = SnakeCaseWord.Of(actor.Kind),
            Actor = Clip(actor.Name, Lengths.Line)!,
            Address = Clip(actor.Address, Lengths.Line),
            Action = action,
            Subject = Clip(subject, Lengths.Line)!,
            Reason = Clip(reason, Lengths.Paragraph),
            DetailJson = detail is null ? null : JsonSerializer.Serialize(detail, NodeJson.Options),
        });
    }

    // An entry that is too long for its column must not prevent the change that it tells of.
    private static string? Clip(string? text, int length) => text is null || text.Length <= length ? text : text[..(length - 1)] + "…";
}
