using ControlPlane.Domain.Serving;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Tests.Node;

public sealed class SplitApplicationTests
{
    private static readonly SplitOrder Canary = Samples.Split(7, champion: 1, new ShareOrder(2, 500));
    private static readonly TrafficSplit Before = new(Samples.Model, 6, 1, [], [], "old");

    [Fact]
    public void Every_version_ready_applies_the_split()
    {
        var next = SplitApplication.Next(Canary, Before, _ => true);
        Assert.Equal(7, next.Applied!.Generation);
        Assert.Equal([new TrafficShare(2, 500)], next.Served!.Shares);
        Assert.Null(next.Refusal);
    }

    [Fact]
    public void Version_not_ready_keeps_the_old_split_and_says_why()
    {
        var next = SplitApplication.Next(Canary, Before, version => version == 1);
        Assert.Same(Before, next.Served);
        Assert.Equal("generation 7 waits for version 2, not loaded yet", next.Refusal);
    }

    [Fact]
    public void Node_that_has_just_started_serves_the_part_that_is_ready()
    {
        var next = SplitApplication.Next(Canary, null, version => version == 1);
        Assert.Equal(1, next.Served!.Champion);
        Assert.Empty(next.Served.Shares);
        Assert.Null(next.Applied);
        Assert.NotNull(next.Refusal);
    }

    [Fact]
    public void Node_that_has_just_started_serves_nothing_without_the_champion()
    {
        var next = SplitApplication.Next(Canary, null, version => version == 2);
        Assert.Null(next.Served);
    }

    [Fact]
    public void Generation_already_applied_is_kept_as_it_is()
    {
        var applied = Before with { Generation = 7 };
        Assert.Same(applied, SplitApplication.Next(Canary, applied, _ => true).Served);
    }
}
