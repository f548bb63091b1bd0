using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

public sealed class CanaryTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Canary_goes_through_its_steps_to_promotion(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        Assert.Equal((RolloutPhase.Exposing, 0, 1), (rollout.Phase, rollout.Step, rollout.Champion));
        Assert.Equal([new(1, 90), new(2, 10)], (await scene.Split()).Shares);

        await scene.Traffic(5000, 600);
        await scene.Turns(9);
        Assert.Equal(0, (await scene.Get(rollout.Id)).Step);
        await scene.Turns(2);
        Assert.Equal((RolloutPhase.Exposing, 1), (await Where(scene, rollout.Id)));
        Assert.Equal([new(1, 50), new(2, 50)], (await scene.Split()).Shares);

        await scene.Traffic(3000, 3000);
        await scene.Turns(11);
        var asked = await scene.Get(rollout.Id);
        Assert.Equal(RolloutPhase.AwaitingPromotion, asked.Phase);
        Assert.Equal(3000, asked.PredictionsInStep);
        Assert.Equal(Verdict.Pass, Assert.Single(asked.Verdicts).Verdict);
        Assert.Equal([RolloutAction.Promote, RolloutAction.Rollback, RolloutAction.Cancel], asked.Allowed);

        Assert.Equal(RolloutPhase.Promoted, (await scene.Act(rollout.Id, RolloutAction.Promote)).Phase);
        Assert.Equal([new(2, 100)], (await scene.Split()).Shares);
        Assert.Equal(
            ["rollout_drafted", "rollout_submitted", "rollout_placed", "rollout_judged", "rollout_judged", "rollout_promoted"], await scene.Audited(rollout.Id));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Promoted_version_is_in_the_release_history_with_the_one_before(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        var before = scene.House.Clock.Now;
        scene.House.Clock.Advance(60);
        await scene.Act(rollout.Id, RolloutAction.Promote);
        var releases = await scene.House.Send(new ListReleases(Model));
        Assert.Equal([2, 1], releases.Select(release => release.Version));
        Assert.Equal((ReleaseCause.Promoted, rollout.Id, null), (releases[0].Cause, releases[0].RolloutId, releases[0].Until));
        Assert.Equal((ReleaseCause.Released, releases[0].From), (releases[1].Cause, releases[1].Until));
        Assert.Equal(1, Assert.Single(await scene.House.Send(new ListReleases(At: before))).Version);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Step_without_enough_predictions_waits(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        await scene.Traffic(5000, 99);
        await scene.Turns(40);
        var waiting = await scene.Get(rollout.Id);
        Assert.Equal((RolloutPhase.Exposing, 0), (waiting.Phase, waiting.Step));
        Assert.Equal((Verdict.NoData, 99L), (waiting.Verdicts[0].Verdict, waiting.Verdicts[0].Sample));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Failed_gate_rolls_back_by_itself_and_says_why(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        await scene.Traffic(5000, 500, challengerFailed: 250);
        await scene.Turn();
        var back = await scene.Get(rollout.Id);
        Assert.Equal(RolloutPhase.RolledBack, back.Phase);
        Assert.Contains("Error rate 50 % (250 of 500)", back.Reason, StringComparison.Ordinal);
        Assert.Equal([new(1, 100)], (await scene.Split()).Shares);
        Assert.All(back.RollBack!.Nodes, node => Assert.NotNull(node.AcknowledgedMilliseconds));
        Assert.Equal([2, 2], scene.House.Gateway.Pushed.TakeLast(2).Select(pushed => pushed.Instruction.Placements.Count));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Hold_keeps_the_share_and_resume_begins_the_step_anew(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        await scene.Traffic(5000, 600);
        Assert.Equal(RolloutPhase.Holding, (await scene.Act(rollout.Id, RolloutAction.Hold, "let me look")).Phase);
        await scene.Turns(15);
        Assert.Equal((RolloutPhase.Holding, 0), await Where(scene, rollout.Id));
        Assert.Equal([new(1, 90), new(2, 10)], (await scene.Split()).Shares);

        var resumed = await scene.Act(rollout.Id, RolloutAction.Resume);
        Assert.Equal((RolloutPhase.Exposing, 0L), (resumed.Phase, resumed.PredictionsInStep));
        await scene.Traffic(5000, 600);
        await scene.Turns(10);
        Assert.Equal((RolloutPhase.Exposing, 1), await Where(scene, rollout.Id));
        var held = (await scene.Get(rollout.Id)).History.Single(entry => entry.What == "held");
        Assert.Equal(("ada@example.com", "let me look"), (held.By, held.Reason));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Refused_action_is_a_conflict_and_is_written_down(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Draft(Canary());
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.Act(rollout.Id, RolloutAction.Promote));
        Assert.Equal((RefusalKind.Conflict, "It is a draft, so nothing is exposed that could be promoted."), (refusal.Kind, refusal.Message));
        Assert.Equal(["rollout_drafted", "rollout_refused"], await scene.Audited(rollout.Id));
        Assert.Equal(RolloutPhase.Drafted, (await scene.Get(rollout.Id)).Phase);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Long_step_adds_up_without_reading_what_is_settled_again(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed(Canary() with { Steps = [new(StepExposure.Answered, 1000, 3600, 100)] });
        for (var window = 0; window < 30; window++)
        {
            await scene.Traffic(1000, 100);
            scene.House.Clock.Advance(8);
            await scene.Turn();
        }

        var old = scene.House.Clock.Now - StepLook.Settling - TimeSpan.FromSeconds(30);
        var deleted = await scene.House.Query(context => context.Windows.Where(window => window.Start < old).ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        Assert.InRange(deleted, 20, 40);
        await scene.Turns(6);
        var verdict = Assert.Single((await scene.Get(rollout.Id)).Verdicts);
        Assert.Equal((3000L, Verdict.Pass), (verdict.Sample, verdict.Verdict));
        Assert.Contains("(0 of 30,000)", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluation_that_kept_no_sums_is_added_up_from_the_windows_again()
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        var rollout = await scene.Exposed(Canary() with { Steps = [new(StepExposure.Answered, 1000, 3600, 100)] });
        await scene.Traffic(5000, 600);
        await scene.Turn();
        var emptied = await scene.House.Query(context =>
            context.GateEvaluations.ExecuteUpdateAsync(set => set.SetProperty(evaluation => evaluation.InputsJson, "{}"), TestContext.Current.CancellationToken));
        Assert.Equal(1, emptied);
        await scene.Turns(6);
        var verdict = Assert.Single((await scene.Get(rollout.Id)).Verdicts);
        Assert.Equal((600L, Verdict.Pass), (verdict.Sample, verdict.Verdict));
        Assert.InRange(verdict.At, scene.House.Clock.Now.AddSeconds(-10), scene.House.Clock.Now);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Careless_client_whose_payloads_are_refused_does_not_roll_back_a_healthy_version(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Exposed();
        await scene.Traffic(5000, 600, challengerRefused: 5000);
        await scene.Turns(11);
        var going = await scene.Get(rollout.Id);
        Assert.Equal((RolloutPhase.Exposing, 1), (going.Phase, going.Step));
    }

    private static async Task<(RolloutPhase, int)> Where(RolloutScene scene, long id)
    {
        var rollout = await scene.Get(id);
        return (rollout.Phase, rollout.Step);
    }
}
