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
            throw new VersionLoadException([new Problem("artifact", cause.Message)]);
        }
    }
}
