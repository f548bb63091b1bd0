using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

/// <summary>The process ends before or after every save and at every push; the next run must come to the same end, with nothing done twice.</summary>
public sealed class CrashTests
{
    private sealed record Ending(RolloutPhase Phase, long Generation, int Champion, string Audit, string Releases, int HistoryEntries, bool EveryNodeServesIt);

    [Theory]
    [OnEachDatabase]
    public Task Canary_that_promotes_itself_ends_the_same_wherever_it_is_killed(DatabaseKind database) => EndsTheSame(database, fails: false);

    [Theory]
    [OnEachDatabase]
    public Task Canary_that_is_rolled_back_by_its_gate_ends_the_same_wherever_it_is_killed(DatabaseKind database) => EndsTheSame(database, fails: true);

    [Theory]
    [OnEachDatabase]
    public async Task Roll_back_by_a_person_that_is_killed_after_the_save_is_finished_by_the_schedule(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        scene.House.Crashes.CrashAt(1);
        await Assert.ThrowsAsync<SimulatedCrash>(() => scene.House.Crashes.While(() => scene.Act(rollout.Id, RolloutAction.Rollback, "looks bad")));
        var killed = await scene.Get(rollout.Id);
        Assert.Equal((RolloutPhase.RollingBack, 1), (killed.Phase, (await scene.Split()).Shares.Count));
        await scene.Turns(2);
        var ended = await scene.Get(rollout.Id);
        Assert.Equal((RolloutPhase.RolledBack, "looks bad"), (ended.Phase, ended.Reason));
        Assert.All(ended.RollBack!.Nodes, node => Assert.NotNull(node.AcknowledgedMilliseconds));
        Assert.Single(await scene.Audited(rollout.Id), "rollout_rolled_back");
    }

    // Where the program stands at a point does not depend on the database, so the slower ones try every fourth.
    private static async Task EndsTheSame(DatabaseKind database, bool fails)
    {
        var (expected, _) = await Run(database, fails, int.MaxValue);
        Assert.Equal(fails ? RolloutPhase.RolledBack : RolloutPhase.Promoted, expected.Phase);
        var crashes = 0;
        for (var point = 0; ; point += database == DatabaseKind.Sqlite ? 1 : 4)
        {
            var (ending, crashed) = await Run(database, fails, point);
            Assert.True(expected == ending, $"Killed at point {point}: {ending}, expected {expected}");
            if (!crashed) break;
            crashes++;
        }

        Assert.True(crashes >= (database == DatabaseKind.Sqlite ? 12 : 3), $"Only {crashes} points were tried.");
    }

    private static async Task<(Ending Ending, bool Crashed)> Run(DatabaseKind database, bool fails, int point)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Draft(Canary(PromotionMode.Automatic) with { Steps = [new(StepExposure.Answered, 1000, 2, 100), new(StepExposure.Answered, 5000, 2, 100)] });
        await scene.Act(rollout.Id, RolloutAction.Submit);
        var turnsAfterTheEnd = 0;
        for (var turn = 0; turnsAfterTheEnd < 2; turn++)
        {
            Assert.True(turn < 20, "It does not end.");
            await scene.Traffic(3000, 600, fails && (await scene.Get(rollout.Id)).Step == 1 ? 300 : 0);
            if (turn == 0) scene.House.Crashes.CrashAt(point);
            try
            {
                await scene.Turn();
            }
            catch (Exception crash) when (crash is SimulatedCrash || crash is AggregateException { InnerException.InnerException: SimulatedCrash })
            {
                Assert.True(scene.House.Crashes.Crashed);
            }

            if ((await scene.Get(rollout.Id)).Allowed.Count == 0 && (await scene.Get(rollout.Id)).Phase != RolloutPhase.RollingBack) turnsAfterTheEnd++;
        }

        return (await End(scene, rollout.Id), scene.House.Crashes.Crashed);
    }

    private static async Task<Ending> End(RolloutScene scene, long id)
    {
        var rollout = await scene.Get(id);
        var split = await scene.Split();
        var releases = await scene.House.Send(new UseCases.Serving.ListReleases(Model));
        var generations = await scene.House.Query(context => context.Nodes.Select(node => node.Generations).ToListAsync(TestContext.Current.CancellationToken));
        return new(
            rollout.Phase, split.Generation, split.Champion!.Value, string.Join(" ", await scene.Audited(id)),
            string.Join(" ", releases.Select(release => $"{release.Version}:{release.Cause}:{release.Until is null}")), rollout.History.Count,
            generations.All(served => served[Model] == split.Generation));
    }
}
