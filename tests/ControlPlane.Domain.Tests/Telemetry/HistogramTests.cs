using ControlPlane.Domain.Telemetry;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ControlPlane.Domain.Tests.Telemetry;

public sealed class HistogramTests
{
    [Fact]
    public void Latency_bucket_holds_its_observation() => Prop.ForAll<uint>(any =>
    {
        var microseconds = 1 + any % 60_000_000;
        var bucket = LatencyHistogram.BucketOf(microseconds);
        return microseconds <= LatencyHistogram.UpperEdgeMicroseconds(bucket) * (1 + 1e-12)
            && (bucket == 0 || microseconds > LatencyHistogram.UpperEdgeMicroseconds(bucket - 1) * (1 - 1e-12));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Latency_quantile_is_within_nine_percent_of_the_exact_one()
    {
        var random = new Random(11);
        var exact = Enumerable.Range(0, 20_000).Select(_ => 500 * Math.Exp(2 * random.NextDouble() * random.NextDouble() + random.NextDouble())).Order().ToList();
        var histogram = Histogram(exact);
        foreach (var q in new[] { 0.01, 0.5, 0.9, 0.99 })
            Assert.InRange(histogram.QuantileMilliseconds(q)!.Value * 1000 / exact[(int)(q * exact.Count) - 1], 1 / 1.0906, 1.0906);
    }

    [Fact]
    public void Latency_sum_of_parts_is_the_histogram_of_the_whole() => Prop.ForAll<ushort[], ushort[]>((left, right) =>
        Same(Histogram(left.Concat(right).Select(value => (double)value)).Counts,
            Histogram(left.Select(value => (double)value)).Plus(Histogram(right.Select(value => (double)value))).Counts)).QuickCheckThrowOnFailure();

    [Fact]
    public void Latency_of_nothing_has_no_quantile() => Assert.Null(LatencyHistogram.Empty.QuantileMilliseconds(0.99));

    [Fact]
    public void Latency_slower_than_everything_counts_in_the_last_bucket() => Assert.Equal(LatencyHistogram.LastBucket, LatencyHistogram.BucketOf(1e12));

    [Fact]
    public void Latency_rank_lies_between_the_edges_of_its_bucket()
    {
        var histogram = Histogram([100, 200, 300, 4000]);
        var (low, high) = histogram.EdgesOfRankMilliseconds(4);
        Assert.True(low < 4 && high >= 4);
        Assert.Equal(0.1, histogram.EdgesOfRankMilliseconds(1).High, 0.01);
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.EdgesOfRankMilliseconds(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.EdgesOfRankMilliseconds(0));
    }

    [Theory]
    [InlineData(-0.01, 0)]
    [InlineData(0, 1)]
    [InlineData(0.0199, 1)]
    [InlineData(0.02, 2)]
    [InlineData(0.999, 50)]
    [InlineData(1, 50)]
    [InlineData(1.01, 51)]
    public void Score_bin_of_the_unit_range(double score, int bin) => Assert.Equal(bin, ScoreHistogram.BinOf(score, 0, 1));

    [Fact]
    public void Score_histograms_over_different_ranges_do_not_add_up()
    {
        var one = new ScoreHistogram(0, 1, new Dictionary<int, long> { [3] = 1 }, 0.05);
        Assert.Throws<ArgumentException>(() => one.Plus(one with { High = 2 }));
        Assert.Equal((0, 1.0, 1L), (one.Low, ScoreHistogram.Empty.Plus(one).High, one.Plus(ScoreHistogram.Empty).Total));
    }

    [Fact]
    public void Windows_add_up_field_by_field()
    {
        var one = new WindowCounts(
            10, 30, new Dictionary<ErrorKind, long> { [ErrorKind.Timeout] = 2, [ErrorKind.Payload] = 1 }, Histogram([100]), new(0, 1, new Dictionary<int, long> { [5] = 30 }, 3),
            new Dictionary<string, long> { ["review"] = 4 }, new(7, 1, 0.5, 0.7), 2);
        var sum = one.Plus(one).Plus(WindowCounts.Empty);
        Assert.Equal((20L, 60L, 4L, 2L, 18L, 2L, 60L, 4L), (sum.Requests, sum.Predictions, sum.FailedRequests, sum.RefusedRequests, sum.JudgedRequests, sum.Latency.Total, sum.Scores.Total, sum.MirrorDropped));
        Assert.Equal(8, sum.Decisions["review"]);
        Assert.Equal(0.1, sum.Scores.Mean!.Value, 1e-12);
        Assert.Equal((14L, 2L, 1.0, 1.4), (sum.Mirror.Compared, sum.Mirror.Flips, sum.Mirror.SumDifference, sum.Mirror.SumAbsoluteDifference));
    }

    private static LatencyHistogram Histogram(IEnumerable<double> microseconds) =>
        new(microseconds.GroupBy(LatencyHistogram.BucketOf).ToDictionary(bucket => bucket.Key, bucket => (long)bucket.Count()));

    private static bool Same(IReadOnlyDictionary<int, long> left, IReadOnlyDictionary<int, long> right) =>
        left.Count == right.Count && left.All(pair => right.GetValueOrDefault(pair.Key) == pair.Value);
}
