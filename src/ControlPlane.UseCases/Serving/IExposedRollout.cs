namespace ControlPlane.UseCases.Serving;

/// <summary>Lets a roll-back of a model end the rollout that exposes a version of it; kept by the Rollouts room.</summary>
public interface IExposedRollout
{
    /// <summary>Rolls the exposed rollout back; null when none is exposed, and then nothing was changed.</summary>
    /// <exception cref="Pipeline.RefusedException">Conflict when <paramref name="toVersion"/> is given and is not that rollout's champion.</exception>
    Task<RollBackResult?> RollBack(string model, string environment, int? toVersion, string reason, DateTimeOffset requestedAt, CancellationToken cancellationToken);
}
