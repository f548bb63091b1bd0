using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Tests.Node;

public sealed class KnownStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly NodeInstruction First = new([Samples.Placement(1), Samples.Placement(2)], [Samples.Split(5, champion: 1)], []);

    [Fact]
    public void Split_older_generation_is_ignored()
    {
        var known = KnownState.Of(First).After(First with { Splits = [Samples.Split(4, champion: 2)] }, Noon);
        Assert.Equal(1, Assert.Single(known.Splits).Order.Champion);
    }

    [Fact]
    public void Split_newer_generation_wins()
    {
        var known = KnownState.Of(First).After(First with { Splits = [Samples.Split(6, champion: 2)] }, Noon);
        Assert.Equal(2, Assert.Single(known.Splits).Order.Champion);
    }

    [Fact]
    public void Placement_unnamed_is_kept_for_a_while_and_then_let_go()
    {
        var without = First with { Placements = [Samples.Placement(1)] };
        var known = KnownState.Of(First).After(without, Noon);
        Assert.Equal([1, 2], known.Placements.Select(placement => placement.Order.Version));
        known = known.After(without, Noon + KnownState.KeptUnnamed);
        Assert.Equal([1], known.Placements.Select(placement => placement.Order.Version));
    }

    [Fact]
    public void Placement_named_again_starts_a_new_while()
    {
        var without = First with { Placements = [Samples.Placement(1)] };
        var known = KnownState.Of(First).After(without, Noon).After(First, Noon.AddSeconds(1)).After(without, Noon.AddSeconds(2));
        Assert.Equal(2, known.After(without, Noon.AddSeconds(11)).Placements.Count);
    }

    [Fact]
    public void Placement_in_a_known_split_is_never_let_go()
    {
        var without = First with { Placements = [] };
        var known = KnownState.Of(First).After(without, Noon).After(without, Noon.AddDays(1));
        Assert.Equal([1], known.Placements.Select(placement => placement.Order.Version));
    }

    [Fact]
    public void Model_unnamed_for_a_while_leaves_with_its_placements()
    {
        var known = KnownState.Of(First).After(NodeInstruction.Empty, Noon).After(NodeInstruction.Empty, Noon + KnownState.KeptUnnamed);
        Assert.Empty(known.Splits);
        Assert.Empty(known.Placements);
    }
}
