namespace ControlPlane.Domain.Telemetry;

/// <summary>
/// Latencies in fixed geometric buckets, eight to an octave, from 16 µs to 64 s, so that histograms of nodes and intervals add up and a
/// quantile is off by at most 2^(1/8) − 1 = 9 %. Counts are sparse: only buckets that hold something.
/// </summary>
public sealed record LatencyHistogram(IReadOnlyDictionary<int, long> Counts)
{
    /// <summary>Upper edge of bucket 0 in microseconds.</summary>
    public const double FirstUpperEdgeMicroseconds = 16;

    public const int BucketsPerOctave = 8;

    /// <summary>Twenty-two octaves above the first edge: 67 s; slower ones count in the last bucket.</summary>
    public const int LastBucket = 22 * BucketsPerOctave;

    public static LatencyHistogram Empty { get; } = new(new Dictionary<int, long>());

    public long Total => Counts.Values.Sum();

    /// <summary>Bucket of a latency in microseconds.</summary>
    public static int BucketOf(double microseconds) => microseconds <= FirstUpperEdgeMicroseconds
        ? 0
        : (int)Math.Min(LastBucket, Math.Ceiling(Math.Log2(microseconds / FirstUpperEdgeMicroseconds) * BucketsPerOctave));

    /// <summary>Upper edge of a bucket in microseconds.</summary>
    public static double UpperEdgeMicroseconds(int bucket) => FirstUpperEdgeMicroseconds * Math.Pow(2, bucket / (double)BucketsPerOctave);

    public LatencyHistogram Plus(LatencyHistogram other)
    {
        var sum = new Dictionary<int, long>(Counts);
        foreach (var (bucket, count) in other.Counts) sum[bucket] = sum.GetValueOrDefault(bucket) + count;
        return new(sum);
    }

    /// <summary>The q-quantile in milliseconds, interpolated inside its bucket; null when nothing was counted.</summary>
    public double? QuantileMilliseconds(double q)
    {
        var total = Total;
        if (total == 0) return null;
        var wanted = q * total;
        double seen = 0;
        foreach (var (bucket, count) in Counts.OrderBy(pair => pair.Key))
        {
            if (seen + count >= wanted)
            {
                var low = bucket == 0 ? 0 : UpperEdgeMicroseconds(bucket - 1);
                var high = UpperEdgeMicroseconds(bucket);
                return (low + (high - low) * Math.Clamp((wanted - seen) / count, 0, 1)) / 1000;
            }

            seen += count;
        }

        return UpperEdgeMicroseconds(Counts.Keys.Max()) / 1000;
    }

    /// <summary>Edges in milliseconds of the bucket that holds the observation of a rank (1-based, smallest first): the observation lies between them.</summary>
    public (double Low, double High) EdgesOfRankMilliseconds(long rank)
    {
        if (rank < 1 || rank > Total) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"Not between 1 and {Total}.");
        long seen = 0;
        foreach (var (bucket, count) in Counts.OrderBy(pair => pair.Key))
        {
            seen += count;
            if (seen >= rank) return ((bucket == 0 ? 0 : UpperEdgeMicroseconds(bucket - 1)) / 1000, UpperEdgeMicroseconds(bucket) / 1000);
        }

        throw new InvalidOperationException("The total exceeds the counts.");
    }
}
