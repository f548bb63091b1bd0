using ControlPlane.Domain.Rollouts;

namespace ControlPlane.Web.Rollouts;

/// <summary>A sane plan to begin with.</summary>
public sealed record PlanPreset(string Key, string Name, string Sentence, RolloutPlan Plan)
{
    private const int Minute = 60;

    public static IReadOnlyList<PlanPreset> All { get; } =
    [
        new("shadow", "Shadow", "Copies of all requests; nobody is answered by it. See whether it agrees and keeps up.", Stepped(
            RolloutKind.Shadow, [new(StepExposure.Mirrored, 10_000, 30 * Minute, 2_000)])),
        new("careful", "Careful canary", "Shadow first, then 1, 5, 25 and 50 % over two hours and a half.", Stepped(
            RolloutKind.Canary,
            [new(StepExposure.Mirrored, 10_000, 15 * Minute, 1_000), new(StepExposure.Answered, 100, 15 * Minute, 200), new(StepExposure.Answered, 500, 30 * Minute, 1_000),
                new(StepExposure.Answered, 2_500, 45 * Minute, 5_000), new(StepExposure.Answered, 5_000, 45 * Minute, 10_000)])),
        new("quick", "Quick canary", "10 and 50 %, five minutes each. For small changes that are easy to judge.", Stepped(
            RolloutKind.Canary, [new(StepExposure.Answered, 1_000, 5 * Minute, 200), new(StepExposure.Answered, 5_000, 5 * Minute, 500)])),
        new("immediate", "Immediate", "All traffic at once. For a model's first release and for emergencies; needs a reason.",
            new(RolloutKind.Immediate, [], [], PromotionMode.Automatic, null)),
    ];

    /// <summary>The preset of the key; for an unknown one the careful canary, or the immediate release when there is no champion to compare with.</summary>
    public static PlanPreset Of(string? key, bool hasChampion) =>
        hasChampion ? All.FirstOrDefault(preset => preset.Key == key) ?? All.Single(preset => preset.Key == "careful") : All.Single(preset => preset.Key == "immediate");

    private static RolloutPlan Stepped(RolloutKind kind, IReadOnlyList<RolloutStep> steps) => new(
        kind,
        steps,
        [
            new(GateMetric.ErrorRate, GateComparison.Champion, 0.01, null, 200, 60, GateAction.RollBack, GateAction.Hold),
            new(GateMetric.LatencyP99Milliseconds, GateComparison.Champion, 0.5, null, 200, 60, GateAction.Hold, GateAction.Hold),
        ],
        PromotionMode.Ask,
        null);
}
