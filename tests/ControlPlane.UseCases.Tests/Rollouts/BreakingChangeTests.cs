using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Tests.Contracts;
using ControlPlane.UseCases.Tests.House;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

/// <summary>Breaking changes hold a rollout until they are named and acknowledged.</summary>
public sealed class BreakingChangeTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Renamed_output_blocks_until_it_is_named_and_acknowledged(DatabaseKind database)
    {
        await using var scene = await ConsumerScene.Open(database);
        var billing = await ConsumerScene.Billing(scene, "score");
        var unnamed = await scene.Draft(Canary());
        var refusal = await Refused(scene, unnamed);
        Assert.Equal(["outputs/score", "consumers/billing"], refusal.Problems.Select(problem => problem.Path));
        Assert.Equal("Version 2 breaks what works with the champion, version 1. outputs/score is not among the rollout's accepted_changes: score is called risk now: consumers that read score find nothing. "
            + "billing (Team Billing, #billing) has not acknowledged outputs/score.", refusal.Message);
        Assert.Equal(RolloutPhase.Drafted, (await scene.Get(unnamed.Id)).Phase);
        Assert.Equal(["rollout_drafted", "rollout_refused"], await scene.Audited(unnamed.Id));
        await scene.Act(unnamed.Id, RolloutAction.Cancel, "to name the change");
        var named = await Draft(scene, Canary(), "outputs/score");
        Assert.Equal(["outputs/score"], named.AcceptedChanges);
        Assert.Equal("Version 2 breaks what works with the champion, version 1. billing (Team Billing, #billing) has not acknowledged outputs/score.", (await Refused(scene, named)).Message);
        await ConsumerScene.Acknowledge(scene, billing);
        Assert.Equal(RolloutPhase.Placing, (await scene.Act(named.Id, RolloutAction.Submit)).Phase);
        await scene.Turn();
        Assert.Equal(RolloutPhase.Exposing, (await scene.Get(named.Id)).Phase);
    }

    [Fact]
    public async Task Mode_none_blocks_nothing()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite);
        await ConsumerScene.Billing(scene, "score");
        await ConsumerScene.Mode(scene, CompatibilityMode.None);
        var rollout = await scene.Draft(Canary());
        Assert.Equal(RolloutPhase.Placing, (await scene.Act(rollout.Id, RolloutAction.Submit)).Phase);
    }

    [Fact]
    public async Task Mode_full_asks_for_what_a_roll_back_breaks()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite, RolloutScene.Contract.Replace("\"outputs\": [", """ "outputs": [{"name": "reason", "tensor": "r", "type": "text"}, """, StringComparison.Ordinal));
        await ConsumerScene.Mode(scene, CompatibilityMode.Full);
        var rollout = await scene.Draft(Canary());
        Assert.Equal(["rollback/outputs/reason"], (await Refused(scene, rollout)).Problems.Select(problem => problem.Path));
        await scene.Act(rollout.Id, RolloutAction.Cancel, "to name it");
        rollout = await Draft(scene, Canary(), "rollback/outputs/reason");
        Assert.Equal(RolloutPhase.Placing, (await scene.Act(rollout.Id, RolloutAction.Submit)).Phase);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Emergency_passes_consumers_but_not_changes_without_a_name(DatabaseKind database)
    {
        await using var scene = await ConsumerScene.Open(database);
        await ConsumerScene.Billing(scene, "score");
        var unnamed = await scene.Draft(Immediate);
        Assert.Equal(["outputs/score"], (await Refused(scene, unnamed)).Problems.Select(problem => problem.Path));
        await scene.Act(unnamed.Id, RolloutAction.Cancel, "to name it");
        var named = await Draft(scene, Immediate, "outputs/score");
        await scene.Act(named.Id, RolloutAction.Submit, "fraud ring");
        await scene.Turns(2);
        var released = await scene.Get(named.Id);
        Assert.Equal(RolloutPhase.Promoted, released.Phase);
        Assert.Contains(released.History, entry => entry.Reason == "fraud ring (Released before billing acknowledged outputs/score.)");
    }

    [Theory]
    [OnEachDatabase]
    public async Task Consumer_that_comes_before_the_start_withdraws_a_scheduled_rollout(DatabaseKind database)
    {
        await using var scene = await ConsumerScene.Open(database);
        var rollout = await Draft(scene, Canary() with { StartAt = scene.House.Clock.Now.AddMinutes(5) }, "outputs/score");
        Assert.Equal(RolloutPhase.Scheduled, (await scene.Act(rollout.Id, RolloutAction.Submit)).Phase);
        await ConsumerScene.Billing(scene, "score");
        Assert.Equal(["consumers/billing"], (await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, RolloutAction.Start))).Problems.Select(problem => problem.Path));
        await scene.Turn();
        Assert.Equal(RolloutPhase.Scheduled, (await scene.Get(rollout.Id)).Phase);
        scene.House.Clock.Advance(300);
        await scene.Turn();
        var withdrawn = await scene.Get(rollout.Id);
        Assert.Equal(RolloutPhase.Cancelled, withdrawn.Phase);
        Assert.Contains("billing (Team Billing, #billing) has not acknowledged outputs/score.", withdrawn.Reason);
    }

    [Fact]
    public async Task Consumer_that_comes_while_nodes_load_stops_the_first_traffic()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite);
        var rollout = await Draft(scene, Canary(), "outputs/score");
        await scene.Act(rollout.Id, RolloutAction.Submit);
        await ConsumerScene.Billing(scene, "score");
        await scene.Turn();
        Assert.Equal(RolloutPhase.Failed, (await scene.Get(rollout.Id)).Phase);
        Assert.Null((await scene.Split()).Shares.FirstOrDefault(share => share.Version == 2));
    }

    [Fact]
    public async Task Roll_back_is_never_held_up()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite);
        var rollout = await Draft(scene, Canary(), "outputs/score");
        await scene.Act(rollout.Id, RolloutAction.Submit);
        await scene.Turn();
        await ConsumerScene.Mode(scene, CompatibilityMode.Full);
        await ConsumerScene.Billing(scene);
        Assert.Equal(RolloutPhase.RolledBack, (await scene.Act(rollout.Id, RolloutAction.Rollback, "wrong scores")).Phase);
    }

    [Fact]
    public async Task Accepted_change_without_a_path_is_refused()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Draft(scene, Canary(), "outputs/score", ""));
        Assert.Equal((RefusalKind.Invalid, "accepted_changes[1]"), (refusal.Kind, Assert.Single(refusal.Problems).Path));
    }

    private static Task<RolloutView> Draft(RolloutScene scene, RolloutPlan plan, params string[] accepted) =>
        scene.House.Send(new DraftRollout(Model, 2, RolloutScene.Environment, plan, accepted));

    private static async Task<RefusedException> Refused(RolloutScene scene, RolloutView rollout)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, RolloutAction.Submit, "because"));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        return refusal;
    }
}
