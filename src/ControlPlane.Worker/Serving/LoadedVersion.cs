using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Worker.Engines;

namespace ControlPlane.Worker.Serving;

/// <summary>A version with its engine open: the whole way payload check → prepare → infer → decide → response check.</summary>
public sealed class LoadedVersion : IAsyncDisposable
{
    internal LoadedVersion(string model, int version, Contract contract, EnginePlace place)
    {
        Model = model;
        Version = version;
        Contract = contract;
        Place = place;
    }

    public string Model { get; }

    public int Version { get; }

    public Contract Contract { get; }

    public EnginePlace Place { get; }

    /// <summary>Reads the contract, opens the engine and matches the two. Throws <see cref="VersionLoadException"/> with everything that is wrong.</summary>
    public static Task<LoadedVersion> Load(VersionSource source, EnginePlace place, EngineSettings settings, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Runs the model once on made-up rows that the contract allows, so that the first client does not pay for lazy work.</summary>
    public Task WarmUp(CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Sends each sample through the whole path, one row at a time.</summary>
    public Task<GoldenReplay> ReplayGolden(IReadOnlyList<GoldenSample> samples, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Refuses new requests, waits for those in flight, then closes the engine.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
