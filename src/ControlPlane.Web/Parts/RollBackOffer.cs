using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Rollouts;

namespace ControlPlane.Web.Parts;

/// <summary>Whether a model can be rolled back now. <paramref name="Target"/> is the version that will answer, null when it is not known; <paramref name="Obstacle"/> says why it cannot.</summary>
public sealed record RollBackOffer(int? Target, string? Obstacle)
{
    /// <summary>With an exposed rollout back to its champion, otherwise to the champion before, as far as the model's releases tell (newest first).</summary>
    public static RollBackOffer Of(string model, int? champion, RolloutView? rollout, IReadOnlyList<ReleaseView> releases)
    {
        if (rollout is { Champion: { } back } && RolloutFigures.IsExposed(rollout.Phase)) return new(back, null);
        return releases switch
        {
            [] => new(null, null),
            [{ Cause: ReleaseCause.RolledBack }, ..] => new(null, $"{model} was rolled back to v{champion} already."),
            [_] => new(null, $"{model} never had another champion than v{champion}."),
            [_, var before, ..] => new(before.Version, null),
        };
    }
}
