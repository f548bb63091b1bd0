using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Serving;

public sealed class EnlistNodeTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Same_name_gets_the_same_id_and_a_new_key(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        house.Caller.Caller = Caller.Anonymous;
        var first = await Nodes.Enlist(house, "node-1");
        var second = await Nodes.Enlist(house, "node-1");
        Assert.Equal(first.NodeId, second.NodeId);
        Assert.NotEqual(first.NodeKey, second.NodeKey);
        Assert.Equal((1000, 30), (second.ReportIntervalMilliseconds, second.LeaseSeconds));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Nodes.Send(house, first, Nodes.Report()));
        Assert.Equal(RefusalKind.Unauthenticated, refusal.Kind);
        await Nodes.Send(house, second, Nodes.Report());
        var actors = await house.Query(context => context.AuditEntries.Select(entry => $"{entry.ActorKind} {entry.Actor} {entry.Action}").ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["node node-1 node_enlisted", "node node-1 node_enlisted"], actors);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Same_name_at_once_is_one_node(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Nodes.Enlist(house, "node-1"))));
        Assert.Single(await house.Send(new ListNodes()));
    }

    [Fact]
    public async Task Wrong_join_token_is_refused()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new EnlistNode("cpj_guess", Nodes.Request("node-1"))));
        Assert.Equal(RefusalKind.Unauthenticated, refusal.Kind);
        Assert.Empty(await house.Send(new ListNodes()));
    }

    [Theory]
    [InlineData("", "production", "http://127.0.0.1:5290", "name")]
    [InlineData("node-1", "nowhere", "http://127.0.0.1:5290", "environment")]
    [InlineData("node-1", "production", "127.0.0.1:5290", "address")]
    [InlineData("node-1", "production", "ftp://127.0.0.1", "address")]
    public async Task Bad_field_is_named(string name, string environment, string address, string field)
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new EnlistNode(TestHouse.JoinToken, Nodes.Request(name, environment, address))));
        Assert.Equal((RefusalKind.Invalid, field), (refusal.Kind, Assert.Single(refusal.Problems).Path));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Node_is_starting_then_ready_then_lost(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var node = await Nodes.Enlist(house, "node-1");
        Assert.Equal(NodeState.Starting, (await house.Send(new ListNodes())).Single().State);
        await Nodes.Send(house, node, Nodes.Report());
        house.Clock.Advance(30);
        Assert.Equal(NodeState.Ready, (await house.Send(new ListNodes("production"))).Single().State);
        house.Clock.Advance(1);
        Assert.Equal(NodeState.Lost, (await house.Send(new ListNodes())).Single().State);
        Assert.Empty(await house.Send(new ListNodes("staging")));
    }
}
