using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Registry;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Serving;

public sealed class CheckTests
{
    [Theory]
    [OnEachDatabase]
    public async Task First_node_that_reports_is_given_the_checks_and_its_word_makes_the_version_ready(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var (first, second) = (await Nodes.Enlist(house, "node-1"), await Nodes.Enlist(house, "node-2"));
        var order = Assert.Single((await Nodes.Send(house, first, Nodes.Report())).Checks);
        Assert.Equal((Uploads.Model, 1), (order.Model, order.Version));
        Assert.Empty((await Nodes.Send(house, second, Nodes.Report())).Checks);
        var after = await Nodes.Send(house, first, Nodes.Report(checks: [Nodes.Checked(order.CheckId)]));
        Assert.Empty(after.Checks);
        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        Assert.Equal((VersionStatus.Ready, EnginePlace.OwnProcess), (version.Status, version.Engine));
        Assert.Equal(
            [CheckOutcome.Passed, CheckOutcome.Passed, CheckOutcome.NotApplicable, CheckOutcome.NotApplicable, CheckOutcome.NotApplicable],
            version.Checks.Select(check => check.Outcome));
        Assert.Equal(12.5, version.Checks[0].Figures["milliseconds"]);
        var entry = await Entry(house, "version_ready");
        Assert.Equal(("node", "node-1"), (entry.ActorKind, entry.Actor));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Failed_check_rejects_the_version_and_repeating_it_changes_nothing(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var node = await Nodes.Enlist(house, "node-1");
        var order = (await Nodes.Send(house, node, Nodes.Report())).Checks.Single();
        await Nodes.Send(house, node, Nodes.Report(checks: [Nodes.Checked(order.CheckId, golden: "failed")]));
        await Nodes.Send(house, node, Nodes.Report(checks: [Nodes.Checked(order.CheckId)]));
        Assert.Equal(VersionStatus.Rejected, (await house.Send(new GetVersion(Uploads.Model, 1))).Status);
        Assert.Equal("Golden: failed.", (await Entry(house, "version_rejected")).Reason);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Checks_of_a_lost_node_go_to_another(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var (first, second) = (await Nodes.Enlist(house, "node-1"), await Nodes.Enlist(house, "node-2"));
        var order = (await Nodes.Send(house, first, Nodes.Report())).Checks.Single();
        house.Clock.Advance(31);
        Assert.Equal(order.CheckId, (await Nodes.Send(house, second, Nodes.Report())).Checks.Single().CheckId);
        Assert.Empty((await Nodes.Send(house, first, Nodes.Report(checks: [Nodes.Checked(order.CheckId)]))).Checks);
        Assert.Equal(VersionStatus.Checking, (await house.Send(new GetVersion(Uploads.Model, 1))).Status);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Reconcile_gives_waiting_checks_to_a_live_node(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var node = await Nodes.Enlist(house, "node-1");
        await Uploads.Upload(house);
        await house.Send(new ReconcileFleet());
        var assigned = await house.Query(context => context.Versions.Select(version => version.CheckNodeId).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(node.NodeId, assigned);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Node_tries_one_version_at_a_time_and_leaves_the_rest_to_others(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var (first, second) = (await Nodes.Enlist(house, "node-1"), await Nodes.Enlist(house, "node-2"));
        foreach (var blockAt in new[] { 0.5, 0.6, 0.7 })
        {
            await Uploads.Upload(house, blockAt);
            house.Clock.Advance(1);
        }

        var slow = Assert.Single((await Nodes.Send(house, first, Nodes.Report())).Checks);
        var quick = Assert.Single((await Nodes.Send(house, second, Nodes.Report())).Checks);
        Assert.Equal((1, 2), (slow.Version, quick.Version));
        Assert.Equal(slow.CheckId, Assert.Single((await Nodes.Send(house, first, Nodes.Report())).Checks).CheckId);
        var next = Assert.Single((await Nodes.Send(house, second, Nodes.Report(checks: [Nodes.Checked(quick.CheckId)]))).Checks);
        Assert.Equal(3, next.Version);
        Assert.Equal(slow.CheckId, Assert.Single((await Nodes.Send(house, first, Nodes.Report())).Checks).CheckId);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Reconcile_spreads_waiting_checks_over_the_live_nodes(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var nodes = new[] { await Nodes.Enlist(house, "node-1"), await Nodes.Enlist(house, "node-2") };
        foreach (var blockAt in new[] { 0.5, 0.6, 0.7 }) await Uploads.Upload(house, blockAt);
        await house.Send(new ReconcileFleet());
        var assigned = await house.Query(context => context.Versions.OrderBy(version => version.Version).Select(version => version.CheckNodeId).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([nodes[0].NodeId, nodes[1].NodeId, null], assigned);
    }

    [Fact]
    public async Task Unknown_outcome_is_refused_with_its_place()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        var node = await Nodes.Enlist(house, "node-1");
        var order = (await Nodes.Send(house, node, Nodes.Report())).Checks.Single();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Nodes.Send(house, node, Nodes.Report(checks: [Nodes.Checked(order.CheckId, loads: "great")])));
        Assert.Equal("checks[0].results[0].outcome", refusal.Problems.Single().Path);
    }

    private static Task<UseCases.Database.AuditEntry> Entry(TestHouse house, string action) =>
        house.Query(context => context.AuditEntries.SingleAsync(entry => entry.Action == action, TestContext.Current.CancellationToken));
}
