using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>What changes about decisions.</summary>
internal static class PolicyComparison
{
    public static void Compare(DecisionPolicy? before, DecisionPolicy? after, ChangeList changes)
    {
        if (after is null)
        {
            if (before is not null) changes.Breaking("policy", before, null, "No decision is answered any more: consumers that read decision find nothing.");
            return;
        }

        if (before is null)
        {
            changes.Additive("policy", null, after, $"A decision is answered as well: {Names(Words(after))}.");
            return;
        }

        if (before.Score != after.Score)
            changes.Semantic("policy/score", before.Score, after.Score, $"Decisions are made on {after.Score} instead of {before.Score}.");
        if (!before.Bands.SequenceEqual(after.Bands))
            changes.Semantic("policy/bands", before.Bands, after.Bands, $"{Bands(before.Bands, after.Bands)} The same score may get another decision.");
        if (before.Otherwise != after.Otherwise)
            changes.Semantic("policy/otherwise", before.Otherwise, after.Otherwise, $"Scores below every band get {after.Otherwise} instead of {before.Otherwise}.");
        CompareOverrides(before, after, changes);
        CompareWords(before, after, changes);
    }

    // A consumer switches over the words: one that it does not know is the policy's most dangerous change, though nothing is refused.
    private static void CompareWords(DecisionPolicy before, DecisionPolicy after, ChangeList changes)
    {
        var (old, young) = (Words(before), Words(after));
        var (gone, come) = (old.Except(young).ToList(), young.Except(old).ToList());
        if (come.Count > 0) changes.Semantic("policy/decisions", old, young, $"Consumers may meet the decision {Names(come)}, which was never given before.");
        if (gone.Count > 0) changes.Semantic("policy/decisions", old, young, $"The decision {Names(gone)} is never given any more.");
    }

    private static void CompareOverrides(DecisionPolicy before, DecisionPolicy after, ChangeList changes)
    {
        var (old, young) = (Keyed(before), Keyed(after));
        var (was, now) = (old.ToDictionary(held => held.Key, held => held.Value, StringComparer.Ordinal), young.ToDictionary(held => held.Key, held => held.Value, StringComparer.Ordinal));
        foreach (var (key, held) in old.Where(held => !now.ContainsKey(held.Key)))
            changes.Semantic($"policy/overrides/{key}", held, null, $"{key} has no bands of its own any more; those of everyone decide.");
        foreach (var (key, held) in young)
        {
            if (!was.TryGetValue(key, out var same))
                changes.Semantic($"policy/overrides/{key}", null, held, $"{key} has bands of its own now: {Told(held.Bands)}.");
            else if (!same.Bands.SequenceEqual(held.Bands) || same.Otherwise != held.Otherwise)
                changes.Semantic($"policy/overrides/{key}", same, held, $"For {key}: {Override(same, held)} The same score may get another decision.");
        }

        var (kept, order) = (old.Select(held => held.Key).Where(now.ContainsKey).ToList(), young.Select(held => held.Key).Where(was.ContainsKey).ToList());
        if (!kept.SequenceEqual(order))
            changes.Semantic("policy/overrides", kept, order, "The overrides are tried in another order; a row that two of them fit may get another decision.");
    }

    private static string Override(BandOverride before, BandOverride after)
    {
        var bands = before.Bands.SequenceEqual(after.Bands) ? "" : Bands(before.Bands, after.Bands);
        var otherwise = before.Otherwise == after.Otherwise ? "" : $"otherwise {after.Otherwise ?? "as for everyone"} instead of {before.Otherwise ?? "as for everyone"}.";
        return string.Join(" ", new[] { bands, otherwise }.Where(part => part.Length > 0));
    }

    // Bands are told one by one where each decision has one band; otherwise as a whole.
    private static string Bands(IReadOnlyList<DecisionBand> before, IReadOnlyList<DecisionBand> after)
    {
        if (before.DistinctBy(band => band.Decision).Count() != before.Count || after.DistinctBy(band => band.Decision).Count() != after.Count)
            return $"The bands are {Told(after)}; they were {Told(before)}.";
        var old = before.ToDictionary(band => band.Decision, band => band.AtLeast, StringComparer.Ordinal);
        var young = after.ToDictionary(band => band.Decision, band => band.AtLeast, StringComparer.Ordinal);
        var told = after.Where(band => !old.TryGetValue(band.Decision, out var at) || at != band.AtLeast)
            .Select(band => old.TryGetValue(band.Decision, out var at) ? $"{band.Decision} begins at {Number(band.AtLeast)} instead of {Number(at)}" : $"{band.Decision} begins at {Number(band.AtLeast)} and is new")
            .Concat(before.Where(band => !young.ContainsKey(band.Decision)).Select(band => $"{band.Decision}, which began at {Number(band.AtLeast)}, has no band any more"));
        return $"{string.Join("; ", told)}.";
    }

    private static string Told(IReadOnlyList<DecisionBand> bands) => Names([.. bands.Select(band => $"{band.Decision} from {Number(band.AtLeast)}")]);

    private static List<string> Words(DecisionPolicy policy) =>
    [
        .. policy.Bands.Select(band => band.Decision).Append(policy.Otherwise)
            .Concat(policy.SegmentOverrides.SelectMany(held => held.Bands.Select(band => band.Decision).Concat(held.Otherwise is { } otherwise ? [otherwise] : [])))
            .Distinct(StringComparer.Ordinal),
    ];

    private static List<KeyValuePair<string, BandOverride>> Keyed(DecisionPolicy policy)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. policy.SegmentOverrides.Select(held =>
            {
                var key = string.Join(",", held.Segment.Select(condition => $"{condition.Feature}={condition.Value}").Order(StringComparer.Ordinal));
                var count = seen[key] = seen.GetValueOrDefault(key) + 1;
                return KeyValuePair.Create(count == 1 ? key : $"{key}#{count}", held);
            }),
        ];
    }
}
