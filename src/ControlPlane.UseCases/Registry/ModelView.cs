using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry;

/// <summary>A model with its versions, newest first. <paramref name="Champion"/> is that of the environment asked for.</summary>
public sealed record ModelView(string Name, string Description, DateTimeOffset CreatedAt, int? Champion, int? LatestVersion, IReadOnlyList<VersionSummary> Versions,
    CompatibilityMode Compatibility = CompatibilityMode.Backward);

/// <summary>A version in a list.</summary>
public sealed record VersionSummary(int Version, VersionStatus Status, string ReleaseDigest, string ArtifactDigest, long ArtifactBytes, DateTimeOffset CreatedAt, string CreatedBy, string Notes);

/// <summary>A version with all that is known of it.</summary>
public sealed record VersionView(
    string Model,
    int Version,
    VersionStatus Status,
    string ReleaseDigest,
    string ArtifactDigest,
    long ArtifactBytes,
    string? GoldenDigest,
    int GoldenRows,
    bool ContractInferred,
    Contract Contract,
    string ContractJson,
    IReadOnlyList<CheckResult> Checks,
    EnginePlace? Engine,
    IReadOnlyDictionary<string, int> Operators,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    string Notes,
    GoldenReport? GoldenReport = null);
