using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Engines;

/// <summary>Opens an artifact in the process that the pre-scan chose for it.</summary>
internal static class EngineOpening
{
    /// <exception cref="VersionLoadException">The runtime refuses the file, with its reason.</exception>
    public static async Task<IEngine> Open(string artifactPath, EnginePlace place, RuntimeSettings runtime, EngineSettings settings, CancellationToken cancellation)
    {
        try
        {
            return place == EnginePlace.OwnProcess
                ? await Task.Run(() => OwnProcessEngine.Open(artifactPath, runtime.Threads, cancellation), cancellation)
                : await ChildEngine.Open(artifactPath, runtime, settings, cancellation);
        }
        catch (Exception cause) when (cause is OrtException or EngineDiedException)
        {
            throw new VersionLoadException([new Problem("artifact", WithoutPath(cause.Message, artifactPath))]);
        }
    }

    /// <summary>The runtime names the file that it opens; where this machine keeps it is nobody's business.</summary>
    private static string WithoutPath(string text, string artifactPath) => text
        .Replace(Path.GetFullPath(artifactPath), "artifact", StringComparison.Ordinal)
        .Replace(artifactPath, "artifact", StringComparison.Ordinal);
}
