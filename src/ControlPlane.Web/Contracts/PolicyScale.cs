using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Contracts;

/// <summary>A decision's part of the scale, in shares of its length. <paramref name="Range"/> says the same in scores.</summary>
public sealed record ScaleBand(string Decision, double From, double To, string Tone, string Range)
{
    public double Width => To - From;
}

/// <summary>A threshold at its place on the scale.</summary>
public sealed record ScaleMark(double At, string Text);

/// <summary>The scale of all rows, or of one segment.</summary>
public sealed record ScaleRow(string Segment, IReadOnlyList<ScaleBand> Bands, IReadOnlyList<ScaleMark> Marks)
{
    /// <summary>For those who do not see the bar.</summary>
    public string Sentence => $"{Segment}: {string.Join(", ", Bands.Select(band => $"{band.Decision} {band.Range}"))}";
}

/// <summary>A decision policy drawn over the range of its score.</summary>
public static class PolicyScale
{
    private static readonly string[] Middle = ["hold", "hold-2"];

    /// <summary>The ends of the scale: the score's own range, or, where it has none, a fifth beyond the outermost thresholds.</summary>
    public static (double Low, double High) Ends(DecisionPolicy policy, IReadOnlyList<OutputField> outputs)
    {
        var score = outputs.FirstOrDefault(output => output.Name == policy.Score);
        var thresholds = Thresholds(policy).ToList();
        var (least, most) = thresholds.Count == 0 ? (0, 1) : (thresholds.Min(), thresholds.Max());
        var margin = most > least ? (most - least) / 5 : Math.Max(Math.Abs(most), 1) / 5;
        var (low, high) = (score?.Min ?? least - margin, score?.Max ?? most + margin);
        return high > low ? (low, high) : (low, low + 1);
    }

    /// <summary>First the bands for everybody, then one row per segment that has its own.</summary>
    public static IReadOnlyList<ScaleRow> Rows(DecisionPolicy policy, IReadOnlyList<OutputField> outputs)
    {
        var ends = Ends(policy, outputs);
        var direction = outputs.FirstOrDefault(output => output.Name == policy.Score)?.Direction;
        var tones = Tones(policy, direction);
        return
        [
            Row(policy.SegmentOverrides.Count == 0 ? "All requests" : "All others", policy.Bands, policy.Otherwise, ends, tones),
            .. policy.SegmentOverrides.Select(held => Row(Named(held.Segment), held.Bands, held.Otherwise ?? policy.Otherwise, ends, tones)),
        ];
    }

    /// <summary>"country US and channel web".</summary>
    public static string Named(IReadOnlyList<SegmentCondition> segment) => string.Join(" and ", segment.Select(condition => $"{condition.Feature} {condition.Value}"));

    private static IEnumerable<double> Thresholds(DecisionPolicy policy) => policy.Bands.Concat(policy.SegmentOverrides.SelectMany(held => held.Bands)).Select(band => band.AtLeast);

    private static ScaleRow Row(string name, IReadOnlyList<DecisionBand> bands, string otherwise, (double Low, double High) ends, IReadOnlyDictionary<string, string> tones)
    {
        var rising = bands.OrderBy(band => band.AtLeast).ToList();
        var parts = new List<ScaleBand>();
        for (var i = -1; i < rising.Count; i++)
        {
            var decision = i < 0 ? otherwise : rising[i].Decision;
            double? from = i < 0 ? null : rising[i].AtLeast, until = i + 1 < rising.Count ? rising[i + 1].AtLeast : null;
            parts.Add(new(decision, from is { } low ? Place(low, ends) : 0, until is { } high ? Place(high, ends) : 1, tones[decision], Words(from, until)));
        }

        return new(name, parts, [.. rising.Select(band => new ScaleMark(Place(band.AtLeast, ends), Phrases.Number(band.AtLeast)))]);
    }

    private static string Words(double? from, double? until) => (from, until) switch
    {
        ({ } low, { } high) => $"from {Phrases.Number(low)} to below {Phrases.Number(high)}",
        ({ } low, null) => $"from {Phrases.Number(low)}",
        (null, { } high) => $"below {Phrases.Number(high)}",
        (null, null) => "always",
    };

    private static double Place(double score, (double Low, double High) ends) => Math.Clamp((score - ends.Low) / (ends.High - ends.Low), 0, 1);

    /// <summary>One colour per decision, the same on every row: calm where nothing happens, red at the far end, when the score says which end is bad.</summary>
    private static Dictionary<string, string> Tones(DecisionPolicy policy, string? direction)
    {
        var isRiskUp = direction is null ? (bool?)null : direction.Contains("risk", StringComparison.Ordinal) == direction.StartsWith("higher", StringComparison.Ordinal);
        var tones = new Dictionary<string, string>(StringComparer.Ordinal);
        // The bands for everybody say what a decision means; a decision that only a segment has takes its place there.
        foreach (var rising in policy.SegmentOverrides.Select(held => Decisions(held.Bands, held.Otherwise ?? policy.Otherwise)).Prepend(Decisions(policy.Bands, policy.Otherwise)))
        {
            for (var i = 0; i < rising.Count; i++) tones.TryAdd(rising[i], Tone(i, rising.Count - 1, isRiskUp));
        }

        return tones;
    }

    private static string Tone(int place, int last, bool? isRiskUp)
    {
        if (isRiskUp is not { } up) return $"plain-{Math.Min(place, 3)}";
        var rank = up ? place : last - place;
        return rank == 0 ? "pass" : rank == last ? "fail" : Middle[(rank - 1) % Middle.Length];
    }

    private static IReadOnlyList<string> Decisions(IReadOnlyList<DecisionBand> bands, string otherwise) =>
        [.. bands.OrderBy(band => band.AtLeast).Select(band => band.Decision).Prepend(otherwise).Distinct(StringComparer.Ordinal)];
}
