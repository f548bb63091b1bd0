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
    GoldenReport? GoldenReport = null,
    BaselineSummary? Baseline = null,
    IReadOnlyList<string>? ImportNotes = null);

/// <summary>What a version's bins were made of; the bins themselves are asked for apart.</summary>
/// <param name="Features">Inputs that have bins.</param>
/// <param name="Gaps">Monitored inputs that have none though they should.</param>
public sealed record BaselineSummary(BaselineSource Source, long Rows, int Features, bool HasScore, IReadOnlyList<BaselineGap> Gaps, IReadOnlyList<string> Remarks)
{
    public static BaselineSummary? Of(Baseline? baseline) => baseline is null ? null
        : new(baseline.Source, baseline.Rows, baseline.Features.Count, baseline.Score is not null, baseline.Gaps ?? [], baseline.Remarks ?? []);
}
