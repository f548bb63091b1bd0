using ControlPlane.Domain.Serving;
using Xunit;

namespace ControlPlane.Domain.Tests.Serving;

public sealed class PlacementPlanTests
{
    [Fact]
    public void Versions_are_those_of_split_mirrors_rollouts_and_the_champion_before() =>
        Assert.Equal([2, 3, 4, 5, 6], PlacementPlan.Versions(new("m", 9, 4, [new(5, 500)], [new(6, 1000)], "s"), [2, 5], 3));

    [Fact]
    public void Versions_before_the_first_release_are_what_is_being_tried() => Assert.Equal([1], PlacementPlan.Versions(null, [1], null));

    [Fact]
    public void Versions_of_a_model_that_nobody_released_are_none() => Assert.Empty(PlacementPlan.Versions(null, [], null));
}
