using System.Diagnostics;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Placements;

/// <summary>Brings a version up beside whatever serves: fetch, open, warm up, verify. Leaves nothing open when it throws.</summary>
public sealed class VersionOpening(ArtifactShelf shelf, EngineSettings engines)
{
    private static readonly TimeSpan LongestVerification = TimeSpan.FromSeconds(30);

    /// <summary>Two at a time: loading takes memory and both cores, and those belong to the requests.</summary>
    private readonly SemaphoreSlim _loading = new(2);

    /// <param name="progress">Told each state before Ready as it begins.</param>
    public async Task<OpenedVersion> Open(PlacementOrder order, Action<PlacementState> progress, CancellationToken cancellation)
    {
        progress(PlacementState.Fetching);
        var artifact = await shelf.Obtain(order.ArtifactDigest, cancellation);
        var golden = order.GoldenDigest is { } digest ? await shelf.Obtain(digest, cancellation) : null;
        var graph = VersionSource.PreparationDigest(order.ContractJson) is { } graphDigest ? await shelf.Obtain(graphDigest, cancellation) : null;
        await _loading.WaitAsync(cancellation);
        try
        {
            progress(PlacementState.Loading);
            var started = Stopwatch.GetTimestamp();
            var place = ArtifactScan.Read(artifact).Place.Place;
            var loaded = await LoadedVersion.Load(VersionSource.Of(order, artifact) with { Preparation = ArtifactScan.ReadGraph(graph)?.Source }, place, engines, cancellation);
            try
            {
                var samples = golden is null ? null : new GoldenFile(golden, loaded.Contract);
                var firstRunError = await loaded.WarmUp(samples?.Samples().FirstOrDefault(), cancellation);
                var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                progress(PlacementState.Verifying);
                return new OpenedVersion(loaded, milliseconds, await Verify(loaded, samples, cancellation), firstRunError);
            }
            catch
            {
                await loaded.DisposeAsync();
                throw;
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>A node whose cores are busy may not come through all of very many samples; its check has, so those that it came through are enough here.</summary>
    private static async Task<double?> Verify(LoadedVersion loaded, GoldenFile? samples, CancellationToken cancellation)
    {
        if (samples is null) return null;
        var started = Stopwatch.GetTimestamp();
        var replay = await loaded.ReplayGolden(samples, () => Stopwatch.GetElapsedTime(started) < LongestVerification, cancellation);
        return replay.Failed == 0 ? replay.MaxDifference : throw new GoldenMismatchException($"Golden samples: {replay.Sentence()}");
    }
}

/// <summary>A version that is loaded, warm and verified.</summary>
/// <param name="FirstRunError">The runtime's error on the row of the warm-up; null when there was none.</param>
public sealed record OpenedVersion(LoadedVersion Loaded, double LoadMilliseconds, double? GoldenMaxDifference, string? FirstRunError);

/// <summary>The version predicts other than training did; it takes no traffic.</summary>
public sealed class GoldenMismatchException(string sentence) : Exception(sentence);
