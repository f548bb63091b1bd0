using ControlPlane.Domain.Serving;

namespace ControlPlane.Worker.Serving;

/// <summary>One model of the table.</summary>
/// <param name="Split">Null until a first version is released: then only requests that name a version are answered.</param>
/// <param name="Versions">The versions that are loaded, warmed and verified, and nothing else.</param>
/// <param name="AwaitsChampion">Whether the model is released, and no split is served only because its champion is not loaded yet.</param>
public sealed record ServingModel(string Name, TrafficSplit? Split, IReadOnlyDictionary<int, LoadedVersion> Versions, bool AwaitsChampion = false);
