using ControlPlane.Domain.Statistics;
using Xunit;

namespace ControlPlane.Domain.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void Special_functions_worked_examples()
    {
        Assert.Equal(12.801827480081469, SpecialFunctions.LogGamma(10), 1e-11);
        Assert.Equal(Math.Log(Math.Sqrt(Math.PI)), SpecialFunctions.LogGamma(0.5), 1e-12);
        Assert.Equal(1 / 12.0, Math.Exp(SpecialFunctions.LogBeta(2, 3)), 1e-14);
        Assert.Equal(0.6875, SpecialFunctions.RegularisedBeta(0.5, 2, 3), 1e-14);
        Assert.Equal(1, SpecialFunctions.RegularisedBeta(0.3, 2, 3) + SpecialFunctions.RegularisedBeta(0.7, 3, 2), 1e-14);
    }

    [Fact]
    public void Proportion_bounds_worked_example()
    {
        var bounds = ProportionBounds.Anytime(0, 600, 0.01, 0.025);
        Assert.Equal(0, bounds.Low);
        Assert.Equal(0.0093616, bounds.High, 1e-7);
    }

    [Fact]
    public void Proportion_bounds_shrink_around_the_estimate()
    {
        var few = ProportionBounds.Anytime(5, 100, 0.05, 0.05);
        var many = ProportionBounds.Anytime(5000, 100_000, 0.05, 0.05);
        Assert.True(few.Low < many.Low && many.Low < 0.05 && 0.05 < many.High && many.High < few.High);
        Assert.True(many.High - many.Low < 0.007);
    }

    [Fact]
    public void Proportion_bounds_ends_are_closed()
    {
        Assert.Equal(new Interval(0, 1), ProportionBounds.Anytime(0, 0, 0.01, 0.05));
        Assert.Equal(1, ProportionBounds.Anytime(50, 50, 0.01, 0.05).High);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionBounds.Anytime(2, 1, 0.01, 0.05));
    }

    // The claim itself: whoever looks after every trial is wrong at any time in at most α of the runs. A fixed-sample interval would miss in far more.
    [Fact]
    public void Proportion_bounds_hold_at_every_look_in_nearly_all_runs()
    {
        const int runs = 1000;
        const double truth = 0.03;
        var random = new Random(20260302);
        var everWrong = 0;
        for (var run = 0; run < runs; run++)
        {
            long hits = 0;
            for (var trial = 1; trial <= 1000; trial++)
            {
                if (random.NextDouble() < truth) hits++;
                if (trial % 20 != 0 || ProportionBounds.Anytime(hits, trial, 0.01, 0.05) is { } bounds && bounds.Low <= truth && truth <= bounds.High) continue;
                everWrong++;
                break;
            }
        }

        Assert.InRange(everWrong / (double)runs, 0, 0.05);
    }

    [Fact]
    public void Quantile_bounds_worked_example()
    {
        Assert.Equal(985, QuantileBounds.LowerRank(1000, 0.99, 0.05));
        Assert.Equal(996, QuantileBounds.UpperRank(1000, 0.99, 0.05));
        Assert.Equal(0.047870585757949335, QuantileBounds.AtMost(984, 1000, 0.99), 1e-10);
    }

    [Fact]
    public void Quantile_bounds_too_few_observations_bound_nothing()
    {
        Assert.Null(QuantileBounds.UpperRank(298, 0.99, 0.05));
        Assert.Equal(299, QuantileBounds.UpperRank(299, 0.99, 0.05));
        Assert.Null(QuantileBounds.LowerRank(1, 0.01, 0.05));
        Assert.Null(QuantileBounds.LowerRank(0, 0.99, 0.05));
        Assert.Null(QuantileBounds.UpperRank(0, 0.99, 0.05));
    }

    [Fact]
    public void Quantile_bounds_of_millions_enclose_the_quantile_closely()
    {
        Assert.InRange(QuantileBounds.LowerRank(50_000_000, 0.99, 0.001)!.Value, 49_497_000, 49_500_000);
        Assert.InRange(QuantileBounds.UpperRank(50_000_000, 0.99, 0.001)!.Value, 49_500_000, 49_503_000);
    }
}
