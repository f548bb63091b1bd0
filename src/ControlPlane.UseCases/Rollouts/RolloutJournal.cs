using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Writes what happened to a rollout into its history and the audit trail, in the unit of work at hand.</summary>
[UseCasePart]
public sealed class RolloutJournal(ControlPlaneContext database, IAuditTrail audit, ICurrentCaller currentCaller)
{
    public Caller Caller => currentCaller.Caller;

    public string By => Caller.Name;

    /// <summary>Who wanted what follows from the event, and why: an immediate release is its submitter's, though the schedule finds that the nodes have it.</summary>
    public async Task<(string By, string Reason)> Origin(RolloutRow row, RolloutEvent happened, string? reason, CancellationToken cancellationToken)
    {
        if (happened is not Placed || row.Plan.Kind != RolloutKind.Immediate) return (By, Given(reason) ?? row.Reason);
        var submitted = await database.RolloutHistory.AsNoTracking()
            .Where(entry => entry.RolloutId == row.Id && entry.What == RolloutWords.SubmittedWord)
            .OrderByDescending(entry => entry.Id).FirstAsync(cancellationToken);
        return (submitted.By, submitted.Reason);
    }

    /// <summary>The row has been changed by the event. <paramref name="reason"/> is what a person gave; otherwise the machine's reason is written.</summary>
    public void Changed(RolloutRow row, RolloutEvent happened, string? reason, long? generation)
    {
        var what = RolloutWords.Of(happened);
        database.RolloutHistory.Add(new()
        {
            RolloutId = row.Id,
            At = happened.At,
            By = By,
            What = what,
            Phase = row.Phase,
            Step = row.Step,
            Reason = Given(reason) ?? row.Reason,
        });
        audit.Append($"rollout_{what}", Subject(row.Id), Given(reason) ?? row.Reason, new { row.Model, row.Version, row.Environment, row.Phase, row.Step, Generation = generation });
    }

    /// <summary>The machine refused; the rollout is as it was.</summary>
    public void Refused(RolloutRow row, string action, string reason) => audit.Append("rollout_refused", Subject(row.Id), reason, new { Action = action, row.Phase });

    public void Drafted(RolloutRow row)
    {
        database.RolloutHistory.Add(new()
        {
            RolloutId = row.Id,
            At = row.CreatedAt,
            By = By,
            What = "drafted",
            Phase = row.Phase,
            Step = row.Step,
            Reason = row.Reason,
        });
        audit.Append("rollout_drafted", Subject(row.Id), row.Reason, new { row.Model, row.Version, row.Environment, row.ReleaseDigest, row.Plan, row.AcceptedChanges });
    }

    private static string? Given(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason;

    private static string Subject(long id) => $"rollouts/{id}";
}
