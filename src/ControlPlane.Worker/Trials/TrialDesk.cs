using System.Diagnostics;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Trials;

/// <summary>Tries versions on demand: a release that is loaded here in the process that serves, any other in a throwaway child, one child at a time.</summary>
public sealed class TrialDesk(PlacementKeeper placements, ArtifactShelf shelf, CheckChild child)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _children = new(1);

    /// <exception cref="PredictionException">Overloaded: others are being tried, or the version's queue is full.</exception>
    public async Task<TrialAnswer> Try(TrialOrder order, CancellationToken cancellation)
    {
        string?[] digests = [order.ArtifactDigest, order.GoldenDigest, VersionSource.PreparationDigest(order.ContractJson)];
        using var held = shelf.Hold([.. digests.OfType<string>()]);
        if (Enter(order) is not { } loaded) return await TryInChild(order, cancellation);
        try
        {
            return await TryLoaded(loaded, order, cancellation);
        }
        catch (VersionLoadException cause)
        {
            return new(true, null, null, cause.Message);
        }
        finally
        {
            loaded.Leave();
        }
    }

    private LoadedVersion? Enter(TrialOrder order)
    {
        var loaded = placements.Progress.FirstOrDefault(placement => PlacementKey.Of(placement.Order) == new PlacementKey(order.Model, order.Version, order.ReleaseDigest))?.Loaded;
        return loaded?.TryEnter() == true ? loaded : null;
    }

    private async Task<TrialAnswer> TryLoaded(LoadedVersion loaded, TrialOrder order, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (order.Row is { } row)
        {
            limit.CancelAfter(LongestRun);
            try
            {
                return new(true, await RowTrial.Run(loaded, row, null, limit.Token), null, null);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new(true, null, null, $"The row was not answered within {LongestRun.TotalSeconds:0} s.");
            }
        }

        var path = await shelf.Obtain(order.GoldenDigest!, cancellation);
        var started = Stopwatch.GetTimestamp();
        var replay = await loaded.ReplayGolden(new GoldenFile(path, loaded.Contract), () => Stopwatch.GetElapsedTime(started) < LongestRun, cancellation);
        return new(true, null, replay.ToReport(), null);
    }

    private async Task<TrialAnswer> TryInChild(TrialOrder order, CancellationToken cancellation)
    {
        if (!await _children.WaitAsync(LongestWait, cancellation)) throw new PredictionException(ErrorKind.Overloaded, "it is busy with other trials; try again shortly") { MayRetry = true };
        try
        {
            var artifact = await shelf.Obtain(order.ArtifactDigest, cancellation);
            var golden = order.Row is null ? await shelf.Obtain(order.GoldenDigest!, cancellation) : null;
            var graph = VersionSource.PreparationDigest(order.ContractJson) is { } digest ? await shelf.Obtain(digest, cancellation) : null;
            return await child.Run(new TrialTask(order, artifact, golden, graph), cancellation);
        }
        finally
        {
            _children.Release();
        }
    }
}
