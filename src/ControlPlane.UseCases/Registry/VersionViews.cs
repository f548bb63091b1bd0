using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Database;

namespace ControlPlane.UseCases.Registry;

/// <summary>Views of stored versions.</summary>
internal static class VersionViews
{
    public static VersionView ToView(this ModelVersion version) => new(
        version.Model,
        version.Version,
        version.Status,
        version.ReleaseDigest,
        version.ArtifactDigest,
        version.ArtifactBytes,
        version.GoldenDigest,
        version.GoldenRows,
        version.ContractInferred,
        ReadStored(version),
        version.ContractJson,
        version.Checks,
        version.Engine,
        version.Operators,
        version.CreatedAt,
        version.CreatedBy,
        version.Notes,
        version.GoldenReport,
        BaselineSummary.Of(version.Baseline),
        version.ImportNotes);

    private static Contract ReadStored(ModelVersion version)
    {
        var reading = ContractReader.Read(version.ContractJson);
        return reading.Contract
            ?? throw new InvalidOperationException($"The stored contract of {version.Model} {version.Version} cannot be read: {string.Join("; ", reading.Problems)}");
    }
}
