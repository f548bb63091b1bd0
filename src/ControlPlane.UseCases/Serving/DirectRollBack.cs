using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Serving;

/// <summary>Gives all of a model's traffic to one version, outside any rollout.</summary>
[UseCasePart]
public sealed class DirectRollBack(ControlPlaneContext database, SplitWriter splits, SplitDelivery delivery, IAuditTrail audit, ICurrentCaller currentCaller)
{
    public async Task<RollBackResult> ToVersion(int version, RollBackModel request, DateTimeOffset requestedAt, CancellationToken cancellationToken)
    {
        var current = await splits.Find(request.Environment, request.Model, cancellationToken)
            ?? throw new RefusedException(RefusalKind.Conflict, $"{request.Model} was never released in {request.Environment}.");
        var next = current.ToDomain() with { Generation = current.Generation + 1, Champion = version, Shares = [], Mirrors = [] };
        var before = current.Champion;
        await splits.Add(
            current, new(request.Environment, next, ReleaseCause.RolledBack, currentCaller.Caller.Name, request.Reason, null, requestedAt), cancellationToken);
        audit.Append("model_rolled_back", Subject(request), request.Reason, new { From = before, To = version, request.Environment, next.Generation });
        await database.SaveChangesAsync(cancellationToken);
        return (await delivery.Deliver(request.Environment, request.Model, next.Generation)).Result;
    }

    public async Task Refused(RollBackModel request, RefusedException refusal, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        audit.Append("roll_back_refused", Subject(request), refusal.Message, new { request.Environment, request.ToVersion, Asked = request.Reason });
        await database.SaveChangesAsync(cancellationToken);
    }

    private static string Subject(RollBackModel request) => $"models/{request.Model}";
}
