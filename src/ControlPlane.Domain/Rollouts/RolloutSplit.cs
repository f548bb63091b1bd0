using ControlPlane.Domain.Serving;

namespace ControlPlane.Domain.Rollouts;

/// <summary>The split that an effect asks for.</summary>
public static class RolloutSplit
{
    /// <summary>The next generation after <paramref name="current"/> (null: the model was never released); null when the effect leaves the split alone.</summary>
    public static TrafficSplit? After(TrafficSplit? current, Rollout rollout, RolloutEffect effect)
    {
        var generation = (current?.Generation ?? 0) + 1;
        return effect switch
        {
            ExposeStep expose => Exposed(generation, rollout, rollout.Plan.Steps[expose.Step]),
            RestoreChampion restore => new(rollout.Model, generation, restore.Champion, [], [], rollout.Salt),
            MakeChampion make => new(rollout.Model, generation, make.Version, [], [], rollout.Salt),
            _ => null,
        };
    }

    private static TrafficSplit Exposed(long generation, Rollout rollout, RolloutStep step)
    {
        var champion = rollout.Champion ?? throw new InvalidOperationException($"Rollout {rollout.Id} is exposed without a champion.");
        IReadOnlyList<TrafficShare> share = [new(rollout.Version, step.ShareBasisPoints)];
        return step.Exposure == StepExposure.Answered
            ? new(rollout.Model, generation, champion, share, [], rollout.Salt)
            : new(rollout.Model, generation, champion, [], share, rollout.Salt);
    }
}
