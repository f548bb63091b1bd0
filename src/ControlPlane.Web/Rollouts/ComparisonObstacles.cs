using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;

namespace ControlPlane.Web.Rollouts;

/// <summary>What a comparison puts in the way of a rollout.</summary>
public static class ComparisonObstacles
{
    /// <summary>Breaking changes, those of a roll-back too where the mode counts them.</summary>
    public static IReadOnlyList<ChangeView> Breaking(ComparisonView comparison) =>
    [
        .. comparison.Changes.Where(change => change.Kind == ChangeKind.Breaking),
        .. comparison.RollBack.Where(change => comparison.MustName.Contains(change.Path)),
    ];

    /// <summary>Whether there is anything to decide about before a rollout.</summary>
    public static bool HasAny(ComparisonView? comparison) => comparison is not null && (Breaking(comparison).Count > 0 || comparison.Consumers.Count > 0);

    /// <summary>Why the rollout would not be let through now: changes nobody accepted, consumers nobody heard.</summary>
    public static IEnumerable<Problem> Of(ComparisonView? comparison, IReadOnlySet<string> accepted)
    {
        if (comparison is null) yield break;
        foreach (var path in comparison.MustName.Where(path => !accepted.Contains(path))) yield return new("accepted_changes", $"tick {path}, or choose another version");
        foreach (var sentence in comparison.BlockedBy) yield return new("consumers", sentence);
    }
}
