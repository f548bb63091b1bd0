using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>
/// What must hold before an event is put to the machine. Breaking changes are judged when a rollout is submitted, when it starts and when its first traffic is about to
/// move, because the champion, its consumers and the model's mode may change in between; afterwards the exposure itself is judged, by its gates. A roll-back is never held up.
/// </summary>
[UseCasePart]
public sealed class RolloutGuard(ControlPlaneContext database, ComparisonReader comparisons, RolloutJournal journal)
{
    private const string ConsumerPath = "consumers/";

    /// <summary>Refuses what the caller may not do, or what breaks consumers who do not know of it.</summary>
    /// <returns>The reason to write down: the one given, and in an emergency whose word is missing.</returns>
    /// <exception cref="RefusedException">Already written into the audit trail.</exception>
    public async Task<string?> Check(RolloutRow row, ActOnRollout request, CancellationToken cancellationToken)
    {
        if (request.Action is RolloutAction.Submit && row.Plan.Kind == RolloutKind.Immediate) await CheckImmediate(row, request, cancellationToken);
        if (request.Action is RolloutAction.Approve) await CheckApproval(row, request, cancellationToken);
        return request.Action is RolloutAction.Submit or RolloutAction.Start ? await CheckChanges(row, request, cancellationToken) : request.Reason;
    }

    /// <summary>Writes the refusal into the audit trail; the rollout stays as it is.</summary>
    public async Task<RefusedException> Refuse(RolloutRow row, RolloutAction action, RefusedException refusal, CancellationToken cancellationToken)
    {
        journal.Refused(row, SnakeCaseWord.Of(action), refusal.Message);
        await database.SaveChangesAsync(cancellationToken);
        return refusal;
    }

    /// <summary>Why the version may not take traffic from the champion now; null when it may.</summary>
    public async Task<string?> Obstacle(RolloutRow row, int? champion, CancellationToken cancellationToken) =>
        await Problems(row, champion, cancellationToken) is { Count: > 0 } problems ? Sentence(row, champion, problems) : null;

    private async Task CheckImmediate(RolloutRow row, ActOnRollout request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) throw RefusedException.Invalid("reason", "must be given for an immediate rollout");
        if (!RolePermissions.Allow(journal.Caller.Roles, Permission.ReleaseImmediately))
            throw await Refuse(row, request.Action, new(RefusalKind.Forbidden, "You lack the permission release_immediately."), cancellationToken);
    }

    private async Task CheckApproval(RolloutRow row, ActOnRollout request, CancellationToken cancellationToken)
    {
        if (row.CreatedBy == journal.By) throw await Refuse(row, request.Action, new(RefusalKind.Forbidden, "Nobody approves their own rollout."), cancellationToken);
        if (await database.RolloutHistory.AnyAsync(entry => entry.RolloutId == row.Id && entry.What == "approved" && entry.By == journal.By, cancellationToken))
            throw await Refuse(row, request.Action, new(RefusalKind.Conflict, "You have approved it already."), cancellationToken);
    }

    private async Task<string?> CheckChanges(RolloutRow row, ActOnRollout request, CancellationToken cancellationToken)
    {
        var champion = await comparisons.Champion(row.Model, row.Environment, cancellationToken);
        if (await Problems(row, champion, cancellationToken) is { Count: > 0 } problems)
            throw await Refuse(row, request.Action, new(RefusalKind.Conflict, Sentence(row, champion, problems), problems), cancellationToken);
        if (row.Plan.Kind != RolloutKind.Immediate || await Compare(row, champion, cancellationToken) is not { Waiting.Count: > 0 } comparison) return request.Reason;
        // An emergency does not wait for consumers, but the history says who was not asked.
        return Clip($"{request.Reason} (Released before {string.Join("; ", comparison.Waiting.Select(consumer => $"{consumer.Name} acknowledged {string.Join(", ", consumer.Changes)}"))}.)");
    }

    /// <summary>What is missing now, each a sentence of its own: changes that nobody named, consumers that have not answered.</summary>
    private async Task<IReadOnlyList<Problem>> Problems(RolloutRow row, int? champion, CancellationToken cancellationToken)
    {
        if (await Compare(row, champion, cancellationToken) is not { } comparison) return [];
        var unnamed = comparison.Unnamed(row.AcceptedChanges).Select(change => new Problem(change.Path, $"is not among the rollout's accepted_changes: {change.Sentence}"));
        // Whoever releases at once, with the permission and a reason, may pass consumers that have not answered; never changes that they have not named.
        var waiting = row.Plan.Kind == RolloutKind.Immediate ? [] : comparison.Waiting.Select(consumer => new Problem($"{ConsumerPath}{consumer.Name}", VersionComparison.Sentence(consumer)));
        return [.. unnamed, .. waiting];
    }

    private async Task<VersionComparison?> Compare(RolloutRow row, int? champion, CancellationToken cancellationToken)
    {
        if (champion is not { } number || number == row.Version) return null;
        var before = await comparisons.Version(row.Model, number, cancellationToken);
        return await comparisons.Compare(before, await comparisons.Version(row.Model, row.Version, cancellationToken), cancellationToken);
    }

    private static string Sentence(RolloutRow row, int? champion, IReadOnlyList<Problem> problems) => Clip(
        $"Version {row.Version} breaks what works with the champion, version {champion}. {string.Join(" ", problems.Select(SayMissing))}");

    // A consumer's sentence names it; a change's sentence begins after its path.
    private static string SayMissing(Problem problem) => problem.Path.StartsWith(ConsumerPath, StringComparison.Ordinal) ? problem.Sentence : $"{problem.Path} {problem.Sentence}";

    // It becomes a reason, which has a column of its own.
    private static string Clip(string sentence) => sentence.Length <= Lengths.Paragraph ? sentence : $"{sentence.AsSpan(0, Lengths.Paragraph - 1)}…";
}
