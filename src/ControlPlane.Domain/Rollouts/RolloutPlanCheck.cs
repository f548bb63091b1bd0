using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Rollouts;

/// <summary>What is wrong with a plan, each problem with the path of its field as the API names it.</summary>
public static class RolloutPlanCheck
{
    public const int MostSteps = 50;
    public const int MostGates = 20;
    public const int LongestHoldSeconds = 90 * 24 * 3600;
    public const int WholeTrafficBasisPoints = 10_000;

    /// <summary>Every problem at once; empty for a plan that can be carried out.</summary>
    public static IReadOnlyList<Problem> Problems(RolloutPlan plan) =>
    [
        .. plan.Kind == RolloutKind.Immediate ? ProblemsOfImmediate(plan) : ProblemsOfStepped(plan),
        .. plan.Steps.SelectMany(ProblemsOfStep),
        .. plan.Gates.SelectMany(GateCheck.Problems),
        .. Repeated(plan.Gates),
    ];

    private static IEnumerable<Problem> ProblemsOfImmediate(RolloutPlan plan)
    {
        if (plan.Steps is not ([] or [{ Exposure: StepExposure.Answered, ShareBasisPoints: WholeTrafficBasisPoints }]))
            yield return new("steps", "must be empty: an immediate rollout takes all traffic at once");
        if (plan.Gates.Count > 0) yield return new("gates", "must be empty: an immediate rollout is not watched by gates");
    }

    private static IEnumerable<Problem> ProblemsOfStepped(RolloutPlan plan)
    {
        if (plan.Steps.Count == 0) yield return new("steps", "must hold at least one step");
        if (plan.Steps.Count > MostSteps) yield return new("steps", $"must hold at most {MostSteps} steps (holds {plan.Steps.Count})");
        if (plan.Gates.Count > MostGates) yield return new("gates", $"must hold at most {MostGates} gates (holds {plan.Gates.Count})");
        if (plan.Kind == RolloutKind.Shadow && plan.Promotion == PromotionMode.Automatic)
            yield return new("promotion", "must be ask: nobody has been answered by a shadow, so a person decides");
        if (plan.Kind == RolloutKind.Shadow && plan.Steps.Any(step => step.Exposure == StepExposure.Answered))
            yield return new("steps", "must all be mirrored: a shadow answers nobody");
        if (plan.Kind == RolloutKind.Canary && plan.Steps.Count > 0 && plan.Steps.All(step => step.Exposure == StepExposure.Mirrored))
            yield return new("steps", "must hold an answered step: a canary that only mirrors is a shadow");
        foreach (var problem in ProblemsOfOrder(plan.Steps)) yield return problem;
    }

    private static IEnumerable<Problem> ProblemsOfOrder(IReadOnlyList<RolloutStep> steps)
    {
        for (var i = 1; i < steps.Count; i++)
        {
            var (before, step) = (steps[i - 1], steps[i]);
            if (before.Exposure == StepExposure.Answered && step.Exposure == StepExposure.Mirrored)
                yield return new($"steps[{i}].exposure", "must be answered: a step before it is answered already");
            else if (before.Exposure == step.Exposure && step.ShareBasisPoints < before.ShareBasisPoints)
                yield return new($"steps[{i}].share_percent", $"must not be smaller than the step before ({Percent(step)} after {Percent(before)})");
        }
    }

    private static IEnumerable<Problem> ProblemsOfStep(RolloutStep step, int index)
    {
        if (step.ShareBasisPoints is <= 0 or > WholeTrafficBasisPoints)
            yield return new($"steps[{index}].share_percent", $"must be above 0 and at most 100 (is {step.ShareBasisPoints / 100.0:0.##})");
        if (step.HoldSeconds is < 0 or > LongestHoldSeconds)
            yield return new($"steps[{index}].hold_seconds", $"must be 0 to {LongestHoldSeconds} (is {step.HoldSeconds})");
        if (step.MinimumPredictions < 0)
            yield return new($"steps[{index}].minimum_predictions", $"must not be negative (is {step.MinimumPredictions})");
    }

    private static IEnumerable<Problem> Repeated(IReadOnlyList<Gate> gates) => gates
        .Select((gate, index) => (Key: (gate.Metric, gate.ComparedWith), Index: index))
        .GroupBy(gate => gate.Key)
        .SelectMany(group => group.Skip(1).Select(again => new Problem($"gates[{again.Index}]", $"says again what gates[{group.First().Index}] says")));

    private static string Percent(RolloutStep step) => $"{step.ShareBasisPoints / 100.0:0.##} %";
}
