namespace ControlPlane.Domain.Registry;

/// <summary>Where a baseline was taken from.</summary>
public enum BaselineSource
{
    /// <summary>A reference file of its own.</summary>
    Reference,

    /// <summary>The inputs and expected outputs of the golden samples.</summary>
    Golden,
}

/// <summary>The reference distributions of a version's inputs and score, with bins that never move again.</summary>
/// <param name="Score">Null when the reference has no score.</param>
/// <param name="Gaps">Monitored inputs that got no bins though they should have.</param>
/// <param name="Remarks">What else a reader should know, one sentence each: values outside the contract, columns passed over, free text.</param>
public sealed record Baseline(
    BaselineSource Source,
    long Rows,
    IReadOnlyList<FeatureBaseline> Features,
    FeatureBaseline? Score,
    IReadOnlyList<BaselineGap>? Gaps = null,
    IReadOnlyList<string>? Remarks = null);

/// <summary>One distribution.</summary>
/// <param name="Edges">Numbers: e0 &lt; … &lt; ek; the bins are below e0, [e0, e1), …, [ek-1, ek], above ek. Empty for categories.</param>
/// <param name="Values">Categories: the values that have a bin of their own; all others share the last one. Empty for numbers.</param>
/// <param name="Counts">Per bin: edges + 1 for numbers, values + 1 for categories.</param>
/// <param name="Missing">Rows without a value; in no bin.</param>
public sealed record FeatureBaseline(string Name, IReadOnlyList<double> Edges, IReadOnlyList<string> Values, IReadOnlyList<long> Counts, long Missing);

/// <summary>A monitored input without bins; the sentence follows its name.</summary>
public sealed record BaselineGap(string Name, string Sentence);
