using ControlPlane.Domain.Serving;
using Xunit;

namespace ControlPlane.Domain.Tests.Serving;

public sealed class LeasedSplitTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TrafficSplit Tried = new("m", 4, 1, [new(2, 500)], [new(3, 1000)], "salt");

    [Fact]
    public void Effective_within_the_lease_is_the_split_itself() => Assert.Same(Tried, LeasedSplit.Effective(Tried, Lease, Lease));

    [Fact]
    public void Effective_after_the_lease_is_the_champion_alone_in_the_same_generation()
    {
        var effective = LeasedSplit.Effective(Tried, Lease + TimeSpan.FromMilliseconds(1), Lease);
        Assert.Equal((1, 4L), (effective.Champion, effective.Generation));
        Assert.Empty(effective.Shares);
        Assert.Empty(effective.Mirrors);
    }

    [Fact]
    public void Effective_what_is_proven_needs_no_supervision()
    {
        var proven = Tried with { Shares = [], Mirrors = [] };
        Assert.Same(proven, LeasedSplit.Effective(proven, TimeSpan.FromDays(365), Lease));
    }
}
