using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Serving;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Telemetry;

public sealed class WindowTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Window_reported_twice_changes_nothing(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var node = await Nodes.Enlist(house, "node-1");
        for (var time = 0; time < 2; time++) await Nodes.Send(house, node, Nodes.Report(windows: [Window(house, 10)]));
        var view = Assert.Single(await Read(house));
        Assert.Equal((10, 10, 1), (view.Counts.Requests, view.Counts.Predictions, view.Counts.FailedRequests));
        Assert.Equal(1, view.Counts.Errors[ErrorKind.NotFinite]);
        Assert.Equal(("production", "fraud-scoring", 3, TrafficRole.Champion, 10), (view.Environment, view.Model, view.Version, view.Role, view.Seconds));
        Assert.Equal(1, await house.Query(context => context.Windows.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Fuller_window_replaces_and_a_late_one_does_not(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var node = await Nodes.Enlist(house, "node-1");
        foreach (var requests in new[] { 10, 25, 15 }) await Nodes.Send(house, node, Nodes.Report(windows: [Window(house, requests)]));
        Assert.Equal(25, Assert.Single(await Read(house)).Counts.Requests);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Windows_add_up_over_nodes_and_lives_of_a_node(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var (first, second) = (await Nodes.Enlist(house, "node-1"), await Nodes.Enlist(house, "node-2"));
        await Nodes.Send(house, first, Nodes.Report(Guid.NewGuid(), [Window(house, 10)]));
        await Nodes.Send(house, first, Nodes.Report(Guid.NewGuid(), [Window(house, 5)]));
        await Nodes.Send(house, second, Nodes.Report(Guid.NewGuid(), [Window(house, 1), Window(house, 7) with { Role = "challenger" }]));
        var views = await Read(house);
        Assert.Equal([(TrafficRole.Challenger, 7), (TrafficRole.Champion, 16)], views.Select(view => (view.Role, view.Counts.Requests)).OrderBy(view => view.Requests));
        Assert.Equal(16, views.Single(view => view.Role == TrafficRole.Champion).Counts.Latency.Total);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Same_report_at_once_is_stored_once(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var node = await Nodes.Enlist(house, "node-1");
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Nodes.Send(house, node, Nodes.Report(windows: [Window(house, 10)])))));
        Assert.Equal(10, Assert.Single(await Read(house)).Counts.Requests);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Read_takes_what_overlaps_the_time_asked_for(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var node = await Nodes.Enlist(house, "node-1");
        var start = house.Clock.Now;
        await Nodes.Send(house, node, Nodes.Report(windows: [.. Enumerable.Range(0, 4).Select(index => Window(house, index + 1) with { Start = start.AddSeconds(10 * index) })]));
        var views = await house.Send(new ReadWindows(start.AddSeconds(15), start.AddSeconds(30)));
        Assert.Equal([2, 3], views.Select(view => view.Counts.Requests));
        Assert.Empty(await house.Send(new ReadWindows(start, start.AddSeconds(40), Model: "other")));
        Assert.Empty(await house.Send(new ReadWindows(start, start.AddSeconds(40), "staging")));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Purge_removes_what_is_older_than_the_retention(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var node = await Nodes.Enlist(house, "node-1");
        await Nodes.Send(house, node, Nodes.Report(windows: [Window(house, 1), Window(house, 2) with { Start = house.Clock.Now.AddDays(1) }]));
        house.Clock.Advance(14.5 * 24 * 3600);
        Assert.Equal(1, await house.Send(new PurgeWindows()));
        Assert.Equal(2, (await house.Query(context => context.Windows.SingleAsync(TestContext.Current.CancellationToken))).Requests);
    }

    [Fact]
    public async Task Bad_window_is_refused_with_its_place_and_nothing_is_kept()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var node = await Nodes.Enlist(house, "node-1");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Nodes.Send(house, node, Nodes.Report(windows: [Window(house, 1), Window(house, 1) with { Role = "boss" }])));
        Assert.Equal("windows[1].role", refusal.Problems.Single().Path);
        Assert.Empty(await Read(house));
        Assert.Equal("until", (await Assert.ThrowsAsync<RefusedException>(() => house.Send(new ReadWindows(house.Clock.Now, house.Clock.Now)))).Problems.Single().Path);
    }

    private static Task<IReadOnlyList<WindowView>> Read(TestHouse house) => house.Send(new ReadWindows(house.Clock.Now, house.Clock.Now.AddSeconds(10)));

    private static WindowReport Window(TestHouse house, int requests) => new(
        "fraud-scoring", 3, "champion", "", house.Clock.Now, 10, requests, requests, new Dictionary<string, long> { ["not_finite"] = 1 },
        new Dictionary<int, long> { [8] = requests }, 0, 1, new Dictionary<int, long> { [25] = requests }, 0.5 * requests,
        new Dictionary<string, long> { ["allow"] = requests }, 0, 0, 0, 0, 0);
}
