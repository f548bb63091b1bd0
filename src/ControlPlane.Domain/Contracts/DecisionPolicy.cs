namespace ControlPlane.Domain.Contracts;

/// <summary>Turns the score into a decision: the first band (highest threshold first) whose threshold the score reaches, otherwise <paramref name="Otherwise"/>.</summary>
/// <param name="Overrides">Bands of segments; the first override whose every condition holds takes the place of the bands.</param>
public sealed record DecisionPolicy(string Score, IReadOnlyList<DecisionBand> Bands, string Otherwise, IReadOnlyList<BandOverride>? Overrides = null)
{
    public IReadOnlyList<BandOverride> SegmentOverrides => Overrides ?? [];

    /// <summary>The decision for a score: a threshold that is met exactly counts as reached.</summary>
    public string Decide(double score) => Decide(score, Bands, Otherwise);

    /// <summary>The decision under an override.</summary>
    public string Decide(double score, BandOverride held) => Decide(score, held.Bands, held.Otherwise ?? Otherwise);

    private static string Decide(double score, IReadOnlyList<DecisionBand> bands, string otherwise)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            if (score >= bands[i].AtLeast) return bands[i].Decision;
        }

        return otherwise;
    }
}

/// <summary>A score of at least <paramref name="AtLeast"/> gets <paramref name="Decision"/>.</summary>
public sealed record DecisionBand(double AtLeast, string Decision);

/// <summary>Other bands for the rows of a segment. <paramref name="Otherwise"/> null keeps the policy's own.</summary>
public sealed record BandOverride(IReadOnlyList<SegmentCondition> Segment, IReadOnlyList<DecisionBand> Bands, string? Otherwise = null);

/// <summary>An input as the client sent it equals a value: a category's or text's own, <c>true</c> or <c>false</c>, an integer in plain digits.</summary>
public sealed record SegmentCondition(string Feature, string Value);
