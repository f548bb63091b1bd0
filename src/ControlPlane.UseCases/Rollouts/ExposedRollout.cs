using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Rolls the exposed rollout of a model back.</summary>
[UseCasePart]
public sealed class ExposedRollout(ControlPlaneContext database, RolloutChange change, SplitDelivery delivery) : IExposedRollout
{
    public async Task<RollBackResult?> RollBack(
        string model, string environment, int? toVersion, string reason, DateTimeOffset requestedAt, CancellationToken cancellationToken)
    {
        var row = await database.Rollouts.AsTracking()
            .SingleOrDefaultAsync(row => row.Environment == environment && row.Model == model && row.OpenSlot != null, cancellationToken);
        if (row is null || !(row.Phase.IsExposed() || row.Phase == RolloutPhase.RollingBack)) return null;
        if (toVersion is { } wanted && wanted != row.Champion)
            throw new RefusedException(RefusalKind.Conflict, $"Rollout {row.Id} is exposing version {row.Version} against {row.Champion}: roll it back to {row.Champion} first.");
        // Clicked twice: the roll-back is under way, so its way is answered.
        if (row.Phase != RolloutPhase.RollingBack) await change.Apply(row, new RollBackRequested(requestedAt, reason), reason, cancellationToken);
        return await delivery.Read(environment, model, row.RollBackGeneration!.Value, cancellationToken);
    }
}
