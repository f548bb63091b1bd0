namespace ControlPlane.OnnxRuntime;

/// <summary>
/// How a session uses the machine. The defaults are a server's: one thread per run (callers bring the concurrency), no busy waiting, and no arena,
/// so that memory a large request took is given back.
/// </summary>
public sealed record SessionOptions(int IntraOpThreads = 1, bool Spinning = false, bool Arena = false)
{
    public static SessionOptions Default { get; } = new();

    /// <summary>Off keeps the graph as the file has it, for looking into a difference that an optimisation is suspected of.</summary>
    public bool OptimizeGraph { get; init; } = true;
}
