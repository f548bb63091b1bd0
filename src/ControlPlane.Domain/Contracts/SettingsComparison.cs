using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>Promise, outcome, segments and runtime.</summary>
internal static class SettingsComparison
{
    public static void Compare(Contract before, Contract after, ChangeList changes)
    {
        ComparePromise(before.Slo?.LatencyP99Milliseconds, after.Slo?.LatencyP99Milliseconds, "slo/latency_p99_milliseconds", value => $"99 % of the answers within {Number(value)} ms", changes);
        ComparePromise(before.Slo?.ErrorRate, after.Slo?.ErrorRate, "slo/error_rate", value => $"at most {Number(value * 100)} % errors", changes);
        CompareOutcome(before.Outcome, after.Outcome, changes);
        CompareSegments(before.Segments, after.Segments, changes);
        CompareRuntime(before.Runtime, after.Runtime, changes);
    }

    private static void ComparePromise(double? before, double? after, string path, Func<double, string> tell, ChangeList changes)
    {
        if (before == after) return;
        if (after is not { } now) changes.Semantic(path, before, after, $"The version no longer promises {tell(before!.Value)}.");
        else if (before is not { } was) changes.Additive(path, before, after, $"The version promises {tell(now)}; nothing was promised before.");
        else if (now > was) changes.Semantic(path, before, after, $"The promise is loosened: {tell(now)} instead of {tell(was)}.");
        else changes.Additive(path, before, after, $"The promise is tightened: {tell(now)} instead of {tell(was)}.");
    }

    private static void CompareOutcome(OutcomeDefinition? before, OutcomeDefinition? after, ChangeList changes)
    {
        if (before is null && after is not null) changes.Additive("outcome", null, after, $"The outcome {after.Name} can be reported and judged.");
        if (before is not null && after is null) changes.Semantic("outcome", before, null, $"The outcome {before.Name} is no longer judged.");
        if (before is null || after is null) return;
        if (before.Name != after.Name) changes.Semantic("outcome/name", before.Name, after.Name, $"Versions are judged by {after.Name} instead of {before.Name}.");
        if (before.Kind != after.Kind) changes.Semantic("outcome/kind", before.Kind, after.Kind, $"The outcome {after.Name} is {after.Kind} instead of {before.Kind}: its old figures cannot be set beside the new ones.");
        if (before.Good != after.Good)
            changes.Semantic("outcome/good", before.Good, after.Good, $"A {after.Good} {after.Name} is good now; a {before.Good} one was. What counted as better counts as worse.");
        if (before.HorizonDays != after.HorizonDays)
            changes.Semantic("outcome/horizon_days", before.HorizonDays, after.HorizonDays, $"The outcome {after.Name} is final after {after.HorizonDays} days instead of {before.HorizonDays}.");
    }

    private static void CompareSegments(IReadOnlyList<string> before, IReadOnlyList<string> after, ChangeList changes)
    {
        foreach (var gone in before.Except(after)) changes.Semantic($"segments/{gone}", gone, null, $"Figures are no longer cut by {gone}, and harm to one {gone} would go unseen.");
        foreach (var come in after.Except(before)) changes.Additive($"segments/{come}", null, come, $"Figures are cut by {come} as well.");
        if (!before.SequenceEqual(after) && before.Order(StringComparer.Ordinal).SequenceEqual(after.Order(StringComparer.Ordinal)))
            changes.Additive("segments", before, after, "The segments are listed in another order; nothing takes that order.");
    }

    private static void CompareRuntime(RuntimeSettings before, RuntimeSettings after, ChangeList changes)
    {
        if (before.TimeoutMilliseconds != after.TimeoutMilliseconds)
            changes.Semantic("runtime/timeout_milliseconds", before.TimeoutMilliseconds, after.TimeoutMilliseconds, Timeout(before.TimeoutMilliseconds, after.TimeoutMilliseconds));
        var (old, young) = (ChangeJson.Fields(before), ChangeJson.Fields(after));
        foreach (var (name, now) in young.Where(setting => setting.Key != "timeout_milliseconds" && old[setting.Key] != setting.Value))
            changes.AddJson(ChangeKind.Semantic, $"runtime/{name}", old[name], now, $"The version runs with {name.Replace('_', ' ')} {now} instead of {old[name]}: answers are the same, speed and cost may not be.");
    }

    private static string Timeout(int before, int after) => after < before
        ? $"Requests that take longer than {Number(after)} ms are given up; {Number(before)} ms were granted before."
        : $"Requests may take {Number(after)} ms before they are given up; {Number(before)} ms were granted before.";
}
