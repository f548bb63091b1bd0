using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>Gives a version its number: consecutive within the model, whoever uploads at the same time.</summary>
[UseCasePart]
internal sealed class VersionNumbering(ControlPlaneContext context, ICurrentCaller currentCaller, IAuditTrail audit, TimeProvider clock)
{
    private const int Attempts = 20;

    public async Task<UploadedVersion> Keep(UploadVersion upload, ReadUpload read, string? goldenDigest, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var existing = await context.Versions.SingleOrDefaultAsync(
                version => version.Model == upload.Model && version.ReleaseDigest == read.ReleaseDigest, cancellationToken);
            if (existing is not null) return await AnswerWith(existing, read, goldenDigest, cancellationToken);
            var last = await context.Versions.Where(version => version.Model == upload.Model).MaxAsync(version => (int?)version.Version, cancellationToken) ?? 0;
            var version = Create(upload, read, goldenDigest, last + 1);
            context.Versions.Add(version);
            audit.Append("version_uploaded", Subject(version), upload.Notes, new { version.ReleaseDigest, version.ArtifactDigest, version.ContractInferred, version.GoldenRows, Baseline = version.Baseline?.Source });
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return Answer(version, alreadyThere: false);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another upload took the number, or was the same: look again. Anything else fails again and comes out after the last attempt.
                context.ChangeTracker.Clear();
            }
        }
    }

    private async Task<UploadedVersion> AnswerWith(ModelVersion existing, ReadUpload read, string? goldenDigest, CancellationToken cancellationToken)
    {
        var isOtherGolden = goldenDigest is not null && goldenDigest != existing.GoldenDigest;
        var isOtherReference = read.Baseline is { Source: BaselineSource.Reference } reference && !AreEqual(reference, existing.Baseline);
        if (!isOtherGolden && !isOtherReference) return Answer(existing, alreadyThere: true);
        if (existing.Status != VersionStatus.Rejected) throw new RefusedException(RefusalKind.Conflict, isOtherGolden ? KeepsItsGolden(existing) : KeepsItsBaseline(existing));
        if (isOtherGolden)
        {
            audit.Append("version_golden_replaced", Subject(existing), detail: new { Before = existing.GoldenDigest, After = goldenDigest });
            existing.GoldenDigest = goldenDigest;
            existing.GoldenRows = read.Golden.Rows;
        }

        // Golden samples only stand in for reference data; where that is, it stays.
        if (isOtherReference || existing.Baseline?.Source != BaselineSource.Reference)
        {
            audit.Append("version_baseline_replaced", Subject(existing), detail: new { Before = existing.Baseline?.Source, After = read.Baseline?.Source, read.Baseline?.Rows });
            existing.Baseline = read.Baseline;
        }

        existing.AskForChecks();
        await context.SaveChangesAsync(cancellationToken);
        return Answer(existing, alreadyThere: true);
    }

    // As they are stored: records compare their lists by reference.
    private static bool AreEqual(Baseline reference, Baseline? stored) => stored is not null && JsonSerializer.Serialize(reference) == JsonSerializer.Serialize(stored);

    // Silence here would let somebody believe that the corrected samples were tried.
    private static string KeepsItsGolden(ModelVersion existing)
    {
        var has = existing.GoldenDigest is null ? "was uploaded without golden samples" : "already has golden samples, other than these";
        return KeepsWhatItHas(existing, has, "samples", "Without golden samples");
    }

    private static string KeepsItsBaseline(ModelVersion existing)
    {
        var has = existing.Baseline?.Source == BaselineSource.Reference ? "already has a baseline of other reference data" : "was uploaded without reference data";
        return KeepsWhatItHas(existing, has, "reference data", "Without reference data");
    }

    private static string KeepsWhatItHas(ModelVersion existing, string has, string what, string without)
    {
        var advice = existing.Status == VersionStatus.Checking
            ? $"Wait for its checks: if they reject it, upload it again with {(what == "samples" ? "these samples" : "this data")}"
            : $"It is {SnakeCaseWord.Of(existing.Status)} and keeps what it was checked with: for other {what}, change the contract or the artifact, which makes a new version";
        return $"Version {existing.Version} of {existing.Model} is this very release and {has}. {advice}. {without} the upload answers with the version as it is.";
    }

    private ModelVersion Create(UploadVersion upload, ReadUpload read, string? goldenDigest, int number)
    {
        var version = new ModelVersion
        {
            Model = upload.Model,
            Version = number,
            ReleaseDigest = read.ReleaseDigest,
            ArtifactDigest = upload.Artifact.Digest,
            ArtifactBytes = upload.Artifact.Bytes,
            ContractJson = read.ContractJson,
            ContractInferred = read.Inferred,
            GoldenDigest = goldenDigest,
            GoldenRows = read.Golden.Rows,
            Baseline = read.Baseline,
            ImportNotes = upload.ImportNotes ?? [],
            Notes = upload.Notes ?? "",
            Operators = read.Operators,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = currentCaller.Caller.Name,
        };
        version.AskForChecks();
        return version;
    }

    private static string Subject(ModelVersion version) => $"models/{version.Model}/versions/{version.Version}";

    private static UploadedVersion Answer(ModelVersion version, bool alreadyThere) =>
        new(version.Model, version.Version, version.Status, version.ReleaseDigest, alreadyThere);
}
