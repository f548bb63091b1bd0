namespace ControlPlane.Worker.Engines;

/// <summary>What this machine gives an engine.</summary>
/// <param name="Directory">Where child engines keep their sockets and their empty working directories.</param>
/// <param name="MaxConcurrentRuns">Runs of one version at a time.</param>
/// <param name="MaxQueuedRuns">Requests of one version that may wait for a run; one more is refused with 503.</param>
public sealed record EngineSettings(string Directory, int MaxConcurrentRuns, int MaxQueuedRuns)
{
    public const int DefaultMaxQueuedRuns = 512;

    /// <summary>Set in an engine child alone: its node checks the answers against the contract.</summary>
    public bool AllowsNotFinite { get; init; }

    /// <summary>Twice the cores: a run that waits for memory leaves its core to another.</summary>
    public static EngineSettings Default(string directory) => new(directory, Math.Max(2, Environment.ProcessorCount * 2), DefaultMaxQueuedRuns);
}
