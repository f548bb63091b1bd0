using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Tests;

public sealed class DemonstrationTests
{
    [Fact]
    public async Task Run_sends_traffic_to_both_models_and_begins_both_rollouts()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await using var node = await FakeNode.StartAsync();
        web.Nodes.Add(new NodeView("a", node.Address));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(60));

        var running = new Demonstration(new DemoOptions(web.Address, "key", 200, 1), TimeProvider.System, TextWriter.Null).RunAsync(stop.Token);
        while (!running.IsCompleted && (web.Rollouts.Count < 4 || node.Requests < 200))
            await Task.Delay(50, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal([("fraud-scoring", "canary", "exposing"), ("delivery-risk", "shadow", "exposing")],
            web.Rollouts.Where(rollout => rollout.Kind != "immediate").Select(rollout => (rollout.Model, rollout.Kind, rollout.Phase)));
        Assert.Equal(["delivery-risk", "fraud-scoring"], node.Models.Order());
    }

    [Fact]
    public async Task Run_challenger_rejected_stops_the_traffic_too()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await using var node = await FakeNode.StartAsync();
        web.Nodes.Add(new NodeView("a", node.Address));
        web.Rejects = 2;

        var stopped = await Assert.ThrowsAsync<Demo.Releases.ReleaseStoppedException>(() =>
            new Demonstration(new DemoOptions(web.Address, "key", 200, 1), TimeProvider.System, TextWriter.Null).RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("fraud-scoring version 2 is rejected", stopped.Message);
    }
}
