using ControlPlane.Demo.Traffic;

namespace ControlPlane.Demo.Tests.Traffic;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RequestsPerSecond_averages_out_over_a_day_and_is_highest_in_the_afternoon()
    {
        var rates = Enumerable.Range(0, 24 * 60).Select(minute => Pace.RequestsPerSecond(40, Midnight.AddMinutes(minute))).ToArray();

        Assert.Equal(40, rates.Average(), 6);
        Assert.Equal(15 * 60, Array.IndexOf(rates, rates.Max()));
        Assert.InRange(rates.Min(), 20, 30);
    }

    [Fact]
    public void SecondsToNext_gives_the_rate_on_average()
    {
        var random = new Random(1);

        Assert.Equal(1 / 50.0, Enumerable.Range(0, 100_000).Average(_ => Pace.SecondsToNext(50, random)), 0.0003);
    }
}
