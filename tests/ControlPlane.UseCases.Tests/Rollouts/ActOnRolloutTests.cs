using ControlPlane.Domain.Access;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

public sealed class ActOnRolloutTests
{
    [Theory]
    [InlineData(RolloutAction.Reject)]
    [InlineData(RolloutAction.Hold)]
    [InlineData(RolloutAction.Rollback)]
    [InlineData(RolloutAction.Cancel)]
    public async Task Act_without_its_reason_names_the_field(RolloutAction action)
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        var rollout = await scene.Draft(Canary());
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, action, " "));
        Assert.Equal((RefusalKind.Invalid, "reason: must be given"), (refusal.Kind, Assert.Single(refusal.Problems).ToString()));
    }

    [Fact]
    public async Task Submit_of_an_immediate_release_without_a_reason_names_the_field()
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        var rollout = await scene.Draft(Immediate);
        Assert.Equal("reason", Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, RolloutAction.Submit))).Problems).Path);
    }

    [Fact]
    public async Task Act_on_an_unknown_rollout_is_not_found()
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => scene.Act(99, RolloutAction.Promote))).Kind);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Scheduled_rollout_starts_when_its_time_has_come(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Draft(Canary() with { StartAt = scene.House.Clock.Now.AddSeconds(20) });
        Assert.Equal(RolloutPhase.Scheduled, (await scene.Act(rollout.Id, RolloutAction.Submit)).Phase);
        await scene.Turns(9);
        Assert.Equal(RolloutPhase.Scheduled, (await scene.Get(rollout.Id)).Phase);
        await scene.Turns(2);
        Assert.Equal(RolloutPhase.Exposing, (await scene.Get(rollout.Id)).Phase);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Approvals_come_from_others_and_from_each_once(DatabaseKind database)
    {
        await using var scene = await Open(database);
        await scene.House.Query(context => context.Environments.ExecuteUpdateAsync(row => row.SetProperty(environment => environment.RequiredApprovals, 2), TestContext.Current.CancellationToken));
        var rollout = await scene.Draft(Canary());
        Assert.Equal(RolloutPhase.AwaitingApproval, (await scene.Act(rollout.Id, RolloutAction.Submit)).Phase);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, RolloutAction.Approve))).Kind);
        scene.House.Caller.Caller = new(CallerKind.Person, "bob@example.com", [Role.MlLead], null);
        Assert.Equal(RolloutPhase.AwaitingApproval, (await scene.Act(rollout.Id, RolloutAction.Approve)).Phase);
        Assert.Equal(RefusalKind.Conflict, (await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, RolloutAction.Approve))).Kind);
        scene.House.Caller.Caller = new(CallerKind.Person, "eve@example.com", [Role.MlLead], null);
        Assert.Equal(RolloutPhase.Placing, (await scene.Act(rollout.Id, RolloutAction.Approve)).Phase);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Version_that_a_node_cannot_load_fails_the_rollout_after_patience_and_leaves_the_split(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var before = await scene.Split();
        scene.Broken.Add(2);
        var rollout = await scene.Draft(Canary());
        await scene.Act(rollout.Id, RolloutAction.Submit);
        await scene.Turns((PlacementLook.PatienceSeconds / 2) - 1);
        Assert.Equal(RolloutPhase.Placing, (await scene.Get(rollout.Id)).Phase);
        await scene.Turns(2);
        var failed = await scene.Get(rollout.Id);
        Assert.Equal((RolloutPhase.Failed, "node-1 cannot load version 2: golden row 3 differs by 0.2"), (failed.Phase, failed.Reason));
        Assert.Equal(before.Generation, (await scene.Split()).Generation);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Placing_waits_for_a_node_and_does_not_wait_for_a_lost_one(DatabaseKind database)
    {
        await using var scene = await Open(database);
        scene.Off.UnionWith(["node-1", "node-2"]);
        scene.House.Clock.Advance(60);
        var rollout = await scene.Exposed();
        Assert.Equal(RolloutPhase.Placing, rollout.Phase);
        scene.Off.Remove("node-2");
        await scene.Turn();
        Assert.Equal(RolloutPhase.Exposing, (await scene.Get(rollout.Id)).Phase);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Cancel_during_exposure_gives_everything_back_to_the_champion(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        var cancelled = await scene.Act(rollout.Id, RolloutAction.Cancel, "wrong version");
        Assert.Equal((RolloutPhase.Cancelled, 2), (cancelled.Phase, cancelled.RollBack!.Nodes.Count));
        Assert.Equal([new(1, 100)], (await scene.Split()).Shares);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Shadow_mirrors_and_counts_mirrored_predictions(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var shadow = new RolloutPlan(RolloutKind.Shadow, [new(StepExposure.Mirrored, 10_000, 4, 100)], [ErrorGate], PromotionMode.Ask, null);
        var rollout = await scene.Exposed(shadow);
        var split = await scene.Split();
        Assert.Equal([new(1, 100)], split.Shares);
        Assert.Equal([new(2, 100)], split.Mirrors);
        await scene.Traffic(3000, 3000, role: TrafficRole.Mirror);
        await scene.Turns(3);
        Assert.Equal(RolloutPhase.AwaitingPromotion, (await scene.Get(rollout.Id)).Phase);
    }
}
