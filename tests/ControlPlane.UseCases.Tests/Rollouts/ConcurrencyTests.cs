using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

public sealed class ConcurrencyTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Two_schedules_at_once_do_everything_once(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Draft(Canary(PromotionMode.Automatic));
        await scene.Act(rollout.Id, RolloutAction.Submit);
        for (var turn = 0; turn < 30; turn++)
        {
            if (turn % 5 == 0) await scene.Traffic(3000, 600);
            scene.House.Clock.Advance(2);
            await scene.Report();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => scene.House.Send(new AdvanceRollouts()))));
        }

        Assert.Equal(RolloutPhase.Promoted, (await scene.Get(rollout.Id)).Phase);
        Assert.Equal(
            ["rollout_drafted", "rollout_submitted", "rollout_placed", "rollout_judged", "rollout_judged"], await scene.Audited(rollout.Id));
        Assert.Equal(4, (await scene.Split()).Generation);
        Assert.Equal(2, (await scene.House.Send(new ListReleases(Model))).Count);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Many_who_roll_back_at_once_all_get_an_answer_and_one_generation(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        var before = (await scene.Split()).Generation;
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => RollBack(scene))));
        Assert.Equal(RolloutPhase.RolledBack, (await scene.Get(rollout.Id)).Phase);
        Assert.Equal(before + 1, (await scene.Split()).Generation);
        Assert.Contains(results, result => result is not null);
        Assert.All(results.OfType<RollBackResult>(), result => Assert.Equal(before + 1, result.Generation));
        Assert.Single(await scene.Audited(rollout.Id), "rollout_rolled_back");
    }

    [Theory]
    [OnEachDatabase]
    public async Task Two_drafts_at_once_make_one_rollout(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var drafts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Draft(scene))));
        Assert.Single(drafts, made => made);
        Assert.Single(await scene.House.Send(new ListRollouts(Model, OpenOnly: true)));
    }

    // Whoever comes after the end is told that it is rolled back already, or that there is no champion before.
    private static async Task<RollBackResult?> RollBack(RolloutScene scene)
    {
        try
        {
            return await scene.House.Send(new RollBackModel(Model, RolloutScene.Environment, null, "now"));
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            return null;
        }
    }

    private static async Task<bool> Draft(RolloutScene scene)
    {
        try
        {
            await scene.Draft(Canary());
            return true;
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            return false;
        }
    }
}
