using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Registry;
using Xunit;

namespace ControlPlane.UseCases.Tests.Serving;

public sealed class ReconcileFleetTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Node_that_is_behind_gets_the_newest_instruction(DatabaseKind database)
    {
        await using var house = await Released(database);
        var node = await Nodes.Enlist(house, "node-1");
        await house.Send(new ReconcileFleet());
        var (pushedTo, instruction) = Assert.Single(house.Gateway.Pushed);
        Assert.Equal((node.NodeId, node.NodeKey), (pushedTo.Id, pushedTo.NodeKey));
        Assert.Equal((7L, 1), (instruction.Splits.Single().Generation, instruction.Splits.Single().Champion));
        Assert.Equal([1, 2], instruction.Placements.Select(placement => placement.Version));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Node_that_serves_the_newest_generation_is_left_alone(DatabaseKind database)
    {
        await using var house = await Released(database);
        var node = await Nodes.Enlist(house, "node-1");
        await Nodes.Send(house, node, Nodes.Report() with { Generations = new Dictionary<string, long> { [Uploads.Model] = 7 } });
        await house.Send(new ReconcileFleet());
        Assert.Empty(house.Gateway.Pushed);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Silent_node_does_not_keep_the_others_from_their_instruction(DatabaseKind database)
    {
        await using var house = await Released(database);
        await Nodes.Enlist(house, "node-1");
        await Nodes.Enlist(house, "node-2");
        house.Gateway.Silent["node-1"] = "connection refused";
        await house.Send(new ReconcileFleet());
        Assert.Equal("node-2", Assert.Single(house.Gateway.Pushed).Node.Name);
    }

    [Fact]
    public async Task Lost_node_is_not_called()
    {
        await using var house = await Released(DatabaseKind.Sqlite);
        await Nodes.Enlist(house, "node-1");
        house.Clock.Advance(31);
        await house.Send(new ReconcileFleet());
        Assert.Empty(house.Gateway.Pushed);
    }

    private static async Task<TestHouse> Released(DatabaseKind database)
    {
        var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        await Uploads.Upload(house, blockAt: 0.8);
        await house.Query(context =>
        {
            context.Splits.Add(new Split
            {
                Environment = DeploymentEnvironment.Production, Model = Uploads.Model, Generation = 7, Champion = 1, PreviousChampion = 2, Salt = "s", ChangedAt = house.Clock.Now,
            });
            return context.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return house;
    }
}
