using ControlPlane.Domain.Rollouts;
using Xunit;
using static ControlPlane.Domain.Tests.Rollouts.SampleRollouts;

namespace ControlPlane.Domain.Tests.Rollouts;

public sealed class RolloutPlanCheckTests
{
    private static readonly RolloutPlan Shadow = new(RolloutKind.Shadow, [Mirrored(10_000)], [ErrorGate()], PromotionMode.Ask, null);
    private static readonly Gate LimitGate = ErrorGate() with { ComparedWith = GateComparison.Limit, Limit = 0.02, Margin = 0 };

    public static TheoryData<string> Good => ["canary", "shadow", "immediate", "mirrored first", "whole", "limit", "latency limit"];

    [Theory]
    [MemberData(nameof(Good))]
    public void Problems_plan_that_can_be_carried_out_has_none(string name) => Assert.Empty(RolloutPlanCheck.Problems(name switch
    {
        "canary" => Canary(),
        "shadow" => Shadow,
        "immediate" => Immediate,
        "mirrored first" => Canary(Mirrored(10_000), Answered(100), Answered(100), Answered(500)),
        "whole" => Canary(Answered(10_000, holdSeconds: 0, minimum: 0)),
        "limit" => Canary() with { Gates = [ErrorGate(), LimitGate] },
        _ => Canary() with { Gates = [LatencyGate() with { ComparedWith = GateComparison.Limit, Limit = 25 }] },
    }));

    [Fact]
    public void Problems_steps_name_the_field() => Expect(
        Canary(Answered(0), Answered(10_001), Answered(500, holdSeconds: -1, minimum: -5)),
        "steps[0].share_percent", "steps[1].share_percent", "steps[2].share_percent", "steps[2].hold_seconds", "steps[2].minimum_predictions");

    [Fact]
    public void Problems_shrinking_share_says_both_numbers() =>
        Assert.Equal("steps[1].share_percent: must not be smaller than the step before (5 % after 25.5 %)", Single(Canary(Answered(2550), Answered(500))));

    [Fact]
    public void Problems_no_steps() => Expect(Canary() with { Steps = [] }, "steps");

    [Fact]
    public void Problems_mirror_after_answers() => Expect(Canary(Answered(500), Mirrored(500)), "steps[1].exposure");

    [Fact]
    public void Problems_canary_of_mirrors_alone() => Expect(Canary(Mirrored(500)), "steps");

    [Fact]
    public void Problems_shadow_that_promotes_itself() => Expect(Shadow with { Promotion = PromotionMode.Automatic }, "promotion");

    [Fact]
    public void Problems_shadow_that_answers() => Expect(Shadow with { Steps = [Answered(500)] }, "steps");

    [Fact]
    public void Problems_immediate_with_steps_and_gates() => Expect(Immediate with { Steps = [Answered(500)], Gates = [ErrorGate()] }, "steps", "gates");

    [Fact]
    public void Problems_gate_numbers_name_the_field() => Expect(
        Canary() with { Gates = [ErrorGate() with { Margin = 0, MinimumSample = 0, WindowSeconds = 5 }, LatencyGate(-1) with { Limit = 3 }] },
        "gates[0].margin", "gates[0].minimum_sample", "gates[0].window_seconds", "gates[1].margin", "gates[1].limit");

    [Fact]
    public void Problems_gate_numbers_that_are_not_finite() => Expect(
        Canary() with { Gates = [ErrorGate() with { Margin = double.NaN }, LimitGate with { Limit = double.NaN }] }, "gates[0].margin", "gates[1].limit");

    [Fact]
    public void Problems_limit_without_a_number() => Expect(Canary() with { Gates = [LimitGate with { Limit = null }] }, "gates[0].limit");

    [Fact]
    public void Problems_the_same_gate_twice() => Expect(Canary() with { Gates = [ErrorGate(), LatencyGate(), ErrorGate() with { Margin = 0.5 }] }, "gates[2]");

    private static void Expect(RolloutPlan plan, params string[] paths) =>
        Assert.Equal(paths.Order(), RolloutPlanCheck.Problems(plan).Select(problem => problem.Path).Order());

    private static string Single(RolloutPlan plan) => Assert.Single(RolloutPlanCheck.Problems(plan)).ToString();
}
