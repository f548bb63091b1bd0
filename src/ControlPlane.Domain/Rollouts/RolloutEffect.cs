namespace ControlPlane.Domain.Rollouts;

/// <summary>What must be done because of a decision. Doing it twice does no more than doing it once.</summary>
public abstract record RolloutEffect;

/// <summary>The nodes load the version beside what serves.</summary>
public sealed record PlaceVersion(int Version) : RolloutEffect;

/// <summary>The split exposes the share of a step, by its index.</summary>
public sealed record ExposeStep(int Step) : RolloutEffect;

/// <summary>The split gives everything back to the champion.</summary>
public sealed record RestoreChampion(int Champion) : RolloutEffect;

/// <summary>The split names the version as champion and the release history gets a new stretch.</summary>
public sealed record MakeChampion(int Version) : RolloutEffect;
