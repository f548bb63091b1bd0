namespace ControlPlane.Domain.Telemetry;

/// <summary>
/// Scores in 50 equal bins over the contract's declared range, with under- and overflow. Bins 1 to 50 are inside, 0 is under, 51 over.
/// Without a declared range nothing is counted (an empty histogram), because bins that move with the data cannot be added.
/// </summary>
public sealed record ScoreHistogram(double Low, double High, IReadOnlyDictionary<int, long> Counts, double Sum)
{
    public const int Bins = 50;

    public static ScoreHistogram Empty { get; } = new(0, 0, new Dictionary<int, long>(), 0);

    public long Total => Counts.Values.Sum();

    /// <summary>Mean score; null when nothing was counted.</summary>
    public double? Mean => Total == 0 ? null : Sum / Total;

    /// <summary>Bin of a score over [low, high]: 0 under, 1..50 inside (the last is closed), 51 over.</summary>
    public static int BinOf(double score, double low, double high) =>
        score < low ? 0
        : score > high ? Bins + 1
        : 1 + Math.Min(Bins - 1, (int)((score - low) / (high - low) * Bins));

    /// <summary>The sum of two histograms over the same range; an empty one takes the range of the other.</summary>
    public ScoreHistogram Plus(ScoreHistogram other)
    {
        if (other.Counts.Count == 0) return this;
        if (Counts.Count == 0) return other;
        if (Low != other.Low || High != other.High)
            throw new ArgumentException($"Score histograms over [{Low}, {High}] and [{other.Low}, {other.High}] do not add up.", nameof(other));
        var sum = new Dictionary<int, long>(Counts);
        foreach (var (bin, count) in other.Counts) sum[bin] = sum.GetValueOrDefault(bin) + count;
        return this with { Counts = sum, Sum = Sum + other.Sum };
    }
}
