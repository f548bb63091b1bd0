using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Trials;

/// <summary>A trial in the throwaway child: <c>try --order FILE --result FILE</c>.</summary>
public static class TrialProgram
{
    public const string Verb = "try";

    public static async Task<int> Run(string[] arguments)
    {
        if (arguments is not [_, "--order", var order, "--result", var result])
        {
            await Console.Error.WriteLineAsync($"usage: {Verb} --order FILE --result FILE");
            return 2;
        }

        await Execute(TrialTask.Read(order), progress => progress.Write(result), CancellationToken.None);
        return 0;
    }

    private static async Task Execute(TrialTask task, Action<TrialProgress> tell, CancellationToken cancellation)
    {
        try
        {
            tell(new(TrialStage.Scanning));
            ArtifactScan.Read(task.ArtifactPath);
            var graph = ArtifactScan.ReadGraph(task.PreparationPath)?.Source;
            tell(new(TrialStage.Opening));
            var settings = EngineSettings.Default(Directory.GetCurrentDirectory());
            // This process may die without harm, so nothing needs a child of its own.
            var source = VersionSource.Of(task.Order, task.ArtifactPath) with { Preparation = graph is null ? null : graph with { Place = EnginePlace.OwnProcess } };
            await using var loaded = await LoadedVersion.Load(source, EnginePlace.OwnProcess, settings, cancellation);
            tell(new(TrialStage.Running));
            tell(await Try(loaded, task, tell, cancellation));
        }
        catch (Exception cause) when (cause is VersionLoadException or PredictionException or OrtException)
        {
            tell(new(TrialStage.Finished, Failure: cause.Message));
        }
    }

    private static async Task<TrialProgress> Try(LoadedVersion loaded, TrialTask task, Action<TrialProgress> tell, CancellationToken cancellation)
    {
        if (task.Order.Row is not { } row)
        {
            var samples = new GoldenFile(task.GoldenPath!, loaded.Contract);
            var replay = await loaded.ReplayGolden(samples, ReplayBudget.Begin().MayGoOn, cancellation);
            return new(TrialStage.Finished, Golden: replay.ToReport());
        }

        // The first time through pays for lazy work; the second one tells what a client would wait for.
        await RowTrial.Run(loaded, row, report => tell(new(TrialStage.Running, report)), cancellation);
        return new(TrialStage.Finished, await RowTrial.Run(loaded, row, null, cancellation));
    }
}
