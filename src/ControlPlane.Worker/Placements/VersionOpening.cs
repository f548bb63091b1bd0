using System.Diagnostics;
using ControlPlane.Domain.Contracts;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Placements;

/// <summary>Brings a version up beside whatever serves: fetch, open, warm up, verify. Leaves nothing open when it throws.</summary>
public sealed class VersionOpening(ArtifactShelf shelf, EngineSettings engines)
{
    /// <summary>Two at a time: loading takes memory and both cores, and those belong to the requests.</summary>
    private readonly SemaphoreSlim _loading = new(2);

    /// <param name="progress">Told each state before Ready as it begins.</param>
    public async Task<OpenedVersion> Open(PlacementOrder order, Action<PlacementState> progress, CancellationToken cancellation)
    {
        progress(PlacementState.Fetching);
        var artifact = await shelf.Obtain(order.ArtifactDigest, cancellation);
        var golden = order.GoldenDigest is { } digest ? await shelf.Obtain(digest, cancellation) : null;
        await _loading.WaitAsync(cancellation);
        try
        {
            progress(PlacementState.Loading);
            var started = Stopwatch.GetTimestamp();
            var place = ArtifactScan.Read(artifact).Place.Place;
            var loaded = await LoadedVersion.Load(VersionSource.Of(order, artifact), place, engines, cancellation);
            try
            {
                var samples = golden is null ? [] : GoldenFile.Read(golden, loaded.Contract);
                var firstRunError = await loaded.WarmUp(samples.Count > 0 ? samples[0] : null, cancellation);
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

    private static async Task<double?> Verify(LoadedVersion loaded, IReadOnlyList<GoldenSample> samples, CancellationToken cancellation)
    {
        if (samples.Count == 0) return null;
        var replay = await loaded.ReplayGolden(samples, cancellation);
        return replay.Failed == 0
            ? replay.MaxDifference
            : throw new GoldenMismatchException($"{replay.Failed} of {replay.Samples} golden samples do not come back: {string.Join("; ", replay.Problems.Take(3))}");
    }
}

/// <summary>A version that is loaded, warm and verified.</summary>
/// <param name="FirstRunError">The runtime's error on the row of the warm-up; null when there was none.</param>
public sealed record OpenedVersion(LoadedVersion Loaded, double LoadMilliseconds, double? GoldenMaxDifference, string? FirstRunError);

/// <summary>The version predicts other than training did; it takes no traffic.</summary>
public sealed class GoldenMismatchException(string sentence) : Exception(sentence);
