using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// The check Compatible, judged anew at each look and never stored, as the champion and its consumers move on. It says what stands before a rollout and leaves the
/// version's status alone: what breaks nobody today may break somebody tomorrow, and the other way round.
/// </summary>
[UseCasePart]
public sealed class CompatibleCheck(ControlPlaneContext context, ComparisonReader comparisons, TimeProvider clock)
{
    /// <summary>Against the champion of production; a breaking change counts as named when the version's newest rollout names it.</summary>
    public async Task<CheckResult> Judge(ModelVersion version, CancellationToken cancellationToken)
    {
        var champion = await comparisons.Champion(version.Model, DeploymentEnvironment.Production, cancellationToken);
        if (champion is null) return Result(CheckOutcome.NotApplicable, "There is no champion in production to be compatible with yet.");
        if (champion == version.Version) return Result(CheckOutcome.NotApplicable, "It is the champion.");
        var before = await comparisons.Version(version.Model, champion.Value, cancellationToken);
        var comparison = await comparisons.Compare(before, version, cancellationToken);
        if (comparison.Mode == CompatibilityMode.None) return Result(CheckOutcome.NotApplicable, "The model's compatibility mode is none: changes are shown and block nothing.");
        var named = await context.Rollouts.AsNoTracking().Where(rollout => rollout.Model == version.Model && rollout.Version == version.Version)
            .OrderByDescending(rollout => rollout.Id).Select(rollout => rollout.AcceptedChanges).FirstOrDefaultAsync(cancellationToken) ?? [];
        var unnamed = comparison.Unnamed(named);
        var waiting = comparison.Waiting;
        var figures = new Dictionary<string, double>
        {
            ["breaking_changes"] = comparison.Blocking.Count,
            ["breaking_changes_not_named"] = unnamed.Count,
            ["consumers_hit"] = comparison.Hit.Count,
            ["consumers_not_acknowledged"] = waiting.Count,
        };
        return unnamed.Count + waiting.Count == 0
            ? Result(CheckOutcome.Passed, Passed(comparison), figures)
            : Result(CheckOutcome.Failed, $"Against version {champion}: {string.Join(" ", Waits(comparison, unnamed, waiting))}", figures);
    }

    /// <summary>The changes, then whose word is missing: the rollout's and the consumers'.</summary>
    private static IEnumerable<string> Waits(VersionComparison comparison, IReadOnlyList<ContractChange> unnamed, IReadOnlyList<HitConsumerView> waiting) =>
    [
        .. comparison.Blocking.Select(change => $"{change.Path}: {change.Sentence}"),
        .. unnamed.Count > 0 ? [$"No rollout has accepted {string.Join(", ", unnamed.Select(change => change.Path))} yet."] : Array.Empty<string>(),
        .. waiting.Select(VersionComparison.Sentence),
    ];

    private static string Passed(VersionComparison comparison) => comparison.Blocking.Count == 0
        ? $"Nothing that works with version {comparison.Before.Version} breaks."
        : $"Breaking changes against version {comparison.Before.Version} are named and acknowledged: {string.Join(", ", comparison.Blocking.Select(change => change.Path))}.";

    private CheckResult Result(CheckOutcome outcome, string sentence, IReadOnlyDictionary<string, double>? figures = null) =>
        new(CheckName.Compatible, outcome, sentence, figures ?? new Dictionary<string, double>(), clock.GetUtcNow());
}
