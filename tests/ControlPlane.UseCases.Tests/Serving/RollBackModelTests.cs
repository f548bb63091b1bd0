using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Rollouts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Serving;

public sealed class RollBackModelTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Roll_back_of_an_exposed_version_acknowledges_on_every_node(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        var rollout = await scene.Exposed();
        scene.House.Gateway.BeforePush = () => scene.House.Clock.Advance(0.025);
        var result = await RollBack(scene);
        Assert.Equal((3L, 1), (result.Generation, result.Champion));
        Assert.Equal([("node-1", 50.0), ("node-2", 50.0)], result.Nodes.Select(node => (node.Node, Math.Ceiling(node.AcknowledgedMilliseconds!.Value / 50) * 50)));
        var ended = await scene.Get(rollout.Id);
        Assert.Equal((RolloutPhase.RolledBack, "worse"), (ended.Phase, ended.Reason));
        Assert.Equal(result.Nodes, ended.RollBack!.Nodes);
        Assert.Contains("rollout_rolled_back", await scene.Audited(rollout.Id));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Node_that_does_not_answer_is_shown_and_caught_up_when_it_reports(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        var rollout = await scene.Exposed();
        scene.House.Gateway.Silent["node-2"] = "connection refused";
        scene.Off.Add("node-2");
        var result = await RollBack(scene);
        Assert.Equal(["node-1: ", "node-2: connection refused"], result.Nodes.Select(node => $"{node.Node}: {node.Reason}"));
        Assert.Null(result.Nodes[1].AcknowledgedMilliseconds);
        Assert.Equal(RolloutPhase.RollingBack, (await scene.Get(rollout.Id)).Phase);

        scene.Off.Clear();
        await scene.Turns(2);
        var caughtUp = await scene.Get(rollout.Id);
        Assert.Equal(RolloutPhase.RolledBack, caughtUp.Phase);
        Assert.Equal(("told by its report", 4000.0), (caughtUp.RollBack!.Nodes[1].Reason, caughtUp.RollBack.Nodes[1].AcknowledgedMilliseconds));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Roll_back_is_complete_without_a_node_that_is_lost(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        var rollout = await scene.Exposed();
        scene.House.Gateway.Silent["node-2"] = "connection refused";
        scene.Off.Add("node-2");
        await RollBack(scene);
        await scene.Turns(20);
        var ended = await scene.Get(rollout.Id);
        Assert.Equal(RolloutPhase.RolledBack, ended.Phase);
        Assert.StartsWith("has not reported since", ended.RollBack!.Nodes[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Roll_back_without_a_rollout_goes_to_the_champion_before_and_no_further_by_a_second_click(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        await scene.Release(2);
        Assert.Equal(1, (await RollBack(scene)).Champion);
        var release = (await scene.House.Send(new ListReleases(RolloutScene.Model)))[0];
        Assert.Equal((1, ReleaseCause.RolledBack, "worse"), (release.Version, release.Cause, release.Reason));
        await scene.Turn();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => RollBack(scene));
        Assert.Equal("fraud-scoring was rolled back to version 1 already; name to_version to go further.", refusal.Message);
        Assert.Equal(2, (await RollBack(scene, toVersion: 2)).Champion);
        Assert.Equal(3, (await Audit(scene)).Count);
    }

    [Theory]
    [InlineData(null, RefusalKind.Conflict, "fraud-scoring had no champion before version 1 in production.")]
    [InlineData(1, RefusalKind.Conflict, "Version 1 is the champion already.")]
    [InlineData(9, RefusalKind.NotFound, "There is no version 9 of fraud-scoring.")]
    [InlineData(3, RefusalKind.Conflict, "Version 3 is not loaded on node-1, node-2: release it with an immediate rollout instead.")]
    public async Task Roll_back_that_cannot_be_says_why_and_is_written_down(int? toVersion, RefusalKind kind, string sentence)
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => RollBack(scene, toVersion));
        Assert.Equal((kind, sentence), (refusal.Kind, refusal.Message));
        Assert.Equal(["roll_back_refused"], await Audit(scene));
        Assert.Equal(1, (await scene.Split()).Generation);
    }

    [Fact]
    public async Task Roll_back_of_a_model_that_was_never_released_is_a_conflict()
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite, released: false);
        Assert.Equal("fraud-scoring was never released in production.", (await Assert.ThrowsAsync<RefusedException>(() => RollBack(scene))).Message);
        Assert.Equal((0L, null), ((await scene.Split()).Generation, (await scene.Split()).Champion));
    }

    [Fact]
    public async Task Roll_back_with_a_draft_open_leaves_the_draft_alone()
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite);
        await scene.Release(2);
        var draft = await scene.Draft(RolloutScene.Canary(), 3);
        await RollBack(scene);
        Assert.Equal(RolloutPhase.Drafted, (await scene.Get(draft.Id)).Phase);
        await scene.Act(draft.Id, RolloutAction.Submit);
        await scene.Turn();
        Assert.Equal((RolloutPhase.Exposing, 1), ((await scene.Get(draft.Id)).Phase, (await scene.Get(draft.Id)).Champion));
    }

    private static Task<RollBackResult> RollBack(RolloutScene scene, int? toVersion = null) =>
        scene.House.Send(new RollBackModel(RolloutScene.Model, RolloutScene.Environment, toVersion, "worse"));

    private static Task<List<string>> Audit(RolloutScene scene) => scene.House.Query(context => context.AuditEntries
        .Where(entry => entry.Subject == $"models/{RolloutScene.Model}").OrderBy(entry => entry.Id).Select(entry => entry.Action)
        .ToListAsync(TestContext.Current.CancellationToken));
}
