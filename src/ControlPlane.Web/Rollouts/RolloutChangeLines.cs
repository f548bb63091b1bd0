using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Contracts;

namespace ControlPlane.Web.Rollouts;

/// <summary>One change on a rollout's page; a breaking one says whether somebody accepted it.</summary>
public sealed record RolloutChangeLine(ChangeView Change, string? Standing);

/// <summary>What a rollout changes and what was said about it.</summary>
public static class RolloutChangeLines
{
    /// <summary>The worst first. What a roll-back would break is told where it was accepted or must be.</summary>
    public static IReadOnlyList<RolloutChangeLine> Of(ComparisonView comparison, RolloutView rollout)
    {
        var wayBack = comparison.RollBack.Where(change => comparison.MustName.Contains(change.Path) || rollout.AcceptedChanges.Contains(change.Path));
        return [.. ChangeWords.Groups([.. comparison.Changes, .. wayBack]).SelectMany(group => group).Select(change => new RolloutChangeLine(change, Standing(change, comparison, rollout)))];
    }

    /// <summary>Grey where a missing acknowledgement blocks nothing.</summary>
    public static (string Tone, string Text) Look(HitConsumerView consumer, CompatibilityMode mode) =>
        consumer.Acknowledged ? ("pass", "✓ Acknowledged")
        : mode == CompatibilityMode.None ? ("no-data", "? Not asked")
        : ("hold", "? Not acknowledged yet");

    private static string? Standing(ChangeView change, ComparisonView comparison, RolloutView rollout)
    {
        if (change.Kind != ChangeKind.Breaking) return null;
        if (rollout.AcceptedChanges.Contains(change.Path)) return $"accepted by {rollout.CreatedBy}";
        return comparison.MustName.Contains(change.Path) ? "not accepted" : $"nobody had to accept it: compatibility {ChangeWords.Mode(comparison.Mode)}";
    }
}
