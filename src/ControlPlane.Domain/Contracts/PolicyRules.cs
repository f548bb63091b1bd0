namespace ControlPlane.Domain.Contracts;

/// <summary>What must hold between the policy and the output that it decides by.</summary>
internal static class PolicyRules
{
    public static void Check(DecisionPolicy policy, IReadOnlyList<OutputField> outputs, UnreadParts unread, List<Problem> problems)
    {
        var (place, score) = outputs.Index().FirstOrDefault(output => output.Item.Name == policy.Score);
        if (score is not null && unread.Holds($"outputs/{place}")) score = null;
        else if (score is null) problems.Add(new("policy/score", $"{Plain.Short(policy.Score)} is not an output"));
        else if (score.Type is not (FieldType.Number or FieldType.Integer))
            problems.Add(new("policy/score", $"{Plain.Short(policy.Score)} is {Plain.Kind(score.Type)}; a score is a number"));
        CheckBands(policy.Bands, score, "policy/bands", problems);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (i, held) in policy.SegmentOverrides.Index())
        {
            CheckBands(held.Bands, score, $"policy/overrides/{i}/bands", problems);
            if (!seen.TryAdd(Key(held), i))
                problems.Add(new($"policy/overrides/{i}/segment", $"is the segment of policy/overrides/{seen[Key(held)]}, which always comes first"));
        }
    }

    private static void CheckBands(IReadOnlyList<DecisionBand> bands, OutputField? score, string path, List<Problem> problems)
    {
        foreach (var (i, band) in bands.Index())
        {
            var place = $"{path}/{i}/at_least";
            var number = Plain.Number(band.AtLeast);
            if (i > 0 && band.AtLeast == bands[i - 1].AtLeast)
                problems.Add(new(place, $"overlaps the band before it, which begins at {number} too, so it never applies"));
            else if (i > 0 && band.AtLeast > bands[i - 1].AtLeast)
                problems.Add(new(place, $"must be below the band before it ({number} is not below {Plain.Number(bands[i - 1].AtLeast)}): highest first"));
            if (band.AtLeast < score?.Min || band.AtLeast > score?.Max)
                problems.Add(new(place, $"{number} is outside the range of {score.Name}, so the band {(band.AtLeast > score.Max ? "never" : "always")} applies"));
        }
    }

    /// <summary>The same for the same conditions in any order; the lengths keep two texts apart from one.</summary>
    private static string Key(BandOverride held) =>
        string.Concat(held.Segment.OrderBy(condition => condition.Feature, StringComparer.Ordinal)
            .Select(condition => $"{condition.Feature.Length}:{condition.Feature}{condition.Value.Length}:{condition.Value}"));
}
