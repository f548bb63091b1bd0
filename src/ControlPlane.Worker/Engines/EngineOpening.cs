using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Engines;

/// <summary>Opens an artifact in the process that the pre-scan chose for it.</summary>
internal static class EngineOpening
{
    /// <summary>The version's model, behind the graph of its contract's onnx step where it has one.</summary>
    /// <exception cref="VersionLoadException">The runtime refuses a file, with its reason, or the two do not fit.</exception>
    public static async Task<IEngine> Open(VersionSource source, EnginePlace place, Contract contract, EngineSettings settings, CancellationToken cancellation)
    {
        if (!contract.Preprocessing.OfType<OnnxStep>().Any()) return await Open(source.ArtifactPath, place, "artifact", contract.Runtime, settings, cancellation);
        if (source.Preparation is not { } preparation) throw new VersionLoadException([new Problem(ContractFit.GraphPath, "the preprocessing graph is not on this node")]);
        var graph = await Open(preparation.Path, preparation.Place, ContractFit.GraphPath, contract.Runtime, settings, cancellation);
        IEngine? model = null;
        try
        {
            model = await Open(source.ArtifactPath, place, "artifact", contract.Runtime, settings, cancellation);
            return ChainedEngine.Of(graph, model);
        }
        catch
        {
            if (model is not null) await model.DisposeAsync();
            await graph.DisposeAsync();
            throw;
        }
    }

    private static async Task<IEngine> Open(
        string artifactPath, EnginePlace place, string problemPath, RuntimeSettings runtime, EngineSettings settings, CancellationToken cancellation)
    {
        try
        {
            return place == EnginePlace.OwnProcess
                ? await Task.Run(() => OwnProcessEngine.Open(artifactPath, runtime.Threads, cancellation), cancellation)
                : await ChildEngine.Open(artifactPath, runtime, settings, cancellation);
        }
        catch (Exception cause) when (cause is OrtException or EngineDiedException)
        {
            throw new VersionLoadException([new Problem(problemPath, WithoutPath(cause.Message, artifactPath))]);
        }
    }

    /// <summary>The runtime names the file that it opens; where this machine keeps it is nobody's business.</summary>
    private static string WithoutPath(string text, string artifactPath) => text
        .Replace(Path.GetFullPath(artifactPath), "artifact", StringComparison.Ordinal)
        .Replace(artifactPath, "artifact", StringComparison.Ordinal);
}
