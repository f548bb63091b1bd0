using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Components.Layout;
using ControlPlane.Web.Parts;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Rollouts;

namespace ControlPlane.Web.Tests.Pages;

public sealed class FiguresTests
{
    [Fact]
    public void Every_preset_can_be_carried_out() => Assert.All(PlanPreset.All, preset => Assert.Empty(RolloutPlanCheck.Problems(preset.Plan)));

    [Fact]
    public void Draft_of_a_plan_gives_the_plan_back()
    {
        foreach (var preset in PlanPreset.All)
        {
            var again = PlanDraft.Of(preset.Plan).ToPlan();
            Assert.Equal(preset.Plan.Steps, again.Steps);
            Assert.Equal(preset.Plan.Gates, again.Gates);
            Assert.Equal(preset.Plan.Promotion, again.Promotion);
        }
    }

    [Fact]
    public void Progress_is_that_of_the_slower_of_time_and_predictions()
    {
        var step = new RolloutStep(StepExposure.Answered, 500, 100, 1000);
        Assert.Equal(0.25, RolloutFigures.Progress(step, TimeSpan.FromSeconds(50), 250));
        Assert.Equal(0.5, RolloutFigures.Progress(step, TimeSpan.FromSeconds(50), 5000));
        Assert.Equal(1, RolloutFigures.Progress(step, TimeSpan.FromSeconds(500), 5000));
    }

    [Fact]
    public void Latency_limit_is_the_champions_with_the_margin_on_top()
    {
        var gate = new Gate(GateMetric.LatencyP99Milliseconds, GateComparison.Champion, 0.2, null, 10, 60, GateAction.Hold, GateAction.Hold);
        var rollout = Samples.Rollout() with { Verdicts = [new(gate, Verdict.Pass, 10, 11, 99, 50, "", Samples.Now)] };
        var limit = Assert.Single(RolloutFigures.LatencyLimits(rollout));
        Assert.Equal((12.0, "limit 1.2 ×"), (limit.Value, limit.Label));
    }

    [Fact]
    public void Stopped_rollout_says_where()
    {
        var cards = RolloutFigures.Cards(Samples.Rollout(RolloutPhase.RolledBack), Samples.Now);
        Assert.Equal(["✓ passed", "✕ stopped here", "not reached"], cards.Select(card => card.Status));
    }

    [Fact]
    public void Rollout_promoted_by_hand_does_not_claim_steps_that_did_not_end()
    {
        var promoted = Samples.Rollout(RolloutPhase.Promoted);
        RolloutHistoryEntry Entry(RolloutPhase phase, string by) => new(Samples.Now, by, "x", phase, 1, "");
        string[] Statuses(RolloutView rollout) => [.. RolloutFigures.Cards(rollout, Samples.Now).Select(card => card.Status)];
        Assert.Equal(["ended by promotion", "skipped", "✓ v14 is the champion"], Statuses(promoted with { Step = 0 }));
        Assert.Equal("ended by promotion", Statuses(promoted with { History = [Entry(RolloutPhase.Holding, "schedule"), Entry(RolloutPhase.Promoted, "ana")] })[1]);
        Assert.Equal("✓ passed", Statuses(promoted with { History = [Entry(RolloutPhase.AwaitingPromotion, "schedule"), Entry(RolloutPhase.Promoted, "ana")] })[1]);
        Assert.Equal("✓ passed", Statuses(promoted with { History = [Entry(RolloutPhase.Exposing, "schedule"), Entry(RolloutPhase.Promoted, "schedule")] })[1]);
    }

    [Fact]
    public void Immediate_rollout_has_one_card_and_waits_for_nobody()
    {
        var plan = new RolloutPlan(RolloutKind.Immediate, [new(StepExposure.Answered, 10_000, 0, 0)], [], PromotionMode.Ask, null);
        var card = Assert.Single(RolloutFigures.Cards(Samples.Rollout(RolloutPhase.Promoted) with { Plan = plan }, Samples.Now));
        Assert.Equal(("All traffic at once", "✓ v14 is the champion"), (card.Title, card.Status));
        Assert.Equal("champion at once", RolloutFigures.Ending(plan));
    }

    [Theory]
    [InlineData(0.4, "now")]
    [InlineData(59, "59 s ago")]
    [InlineData(3600, "1 h ago")]
    [InlineData(-120, "in 2 min")]
    public void Relative_time_is_coarse(double secondsAgo, string text) => Assert.Equal(text, Phrases.Relative(Samples.Now.AddSeconds(-secondsAgo), Samples.Now));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(90, "1 min 30 s")]
    [InlineData(7200, "2 h")]
    [InlineData(90061, "1 d 1 h")]
    public void Duration_has_two_units_at_most(int seconds, string text) => Assert.Equal(text, Phrases.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0L, "0 B")]
    [InlineData(1536L, "1.5 KB")]
    [InlineData(4L * 1024 * 1024 * 1024, "4.00 GB")]
    public void Bytes_have_their_unit(long bytes, string text) => Assert.Equal(text, Phrases.Bytes(bytes));

    [Theory]
    [InlineData("fraud", "/models/fraud-scoring")]
    [InlineData("fraud v14", "/models/fraud-scoring/versions/14")]
    [InlineData("57", "/rollouts/57")]
    [InlineData("local-2", "/fleet#local-2")]
    public void Search_finds_models_versions_rollouts_and_nodes(string text, string address) => Assert.Equal(address, JumpTargets.Find(Samples.Canary, text)[0].Address);

    [Fact]
    public void Paused_upload_says_that_nothing_is_lost()
    {
        var progress = UploadProgress.Of(1024, 4096, "paused");
        Assert.Equal((25, true), (progress.Percent, progress.IsSending));
        Assert.Contains("What arrived is kept", progress.Sentence);
    }
}
