using System.Text;
using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// Makes a version of an artifact that is already in the store (streamed there by <see cref="IArtifactStore"/> or by a resumable upload).
/// Without a contract one is inferred from the graph's signature. The same release digest answers with the existing version; when that was
/// rejected and other golden samples come with it, they take the place of the old ones and it is checked again; of any other version: Conflict.
/// </summary>
public sealed record UploadVersion(string Model, StoredArtifact Artifact, string? ContractJson, string? GoldenLines, string? Notes) : IRequest<UploadedVersion>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;

    /// <summary>What an import could not carry over, one sentence each; kept with the version.</summary>
    public IReadOnlyList<string> ImportNotes { get; init; } = [];
}

/// <summary>The version made, or the existing one of the same release digest.</summary>
public sealed record UploadedVersion(string Model, int Version, VersionStatus Status, string ReleaseDigest, bool AlreadyThere);

internal sealed class UploadVersionValidator : AbstractValidator<UploadVersion>
{
    public UploadVersionValidator()
    {
        RuleFor(upload => upload.Model).NotEmpty().WithMessage("must not be empty");
        RuleFor(upload => upload.Artifact).NotNull().WithMessage("must be given");
        RuleFor(upload => upload.Notes).MaximumLength(Lengths.Paragraph).WithMessage($"must be at most {Lengths.Paragraph} characters long");
    }
}

internal sealed class UploadVersionHandler(ControlPlaneContext context, UploadReader reader, IArtifactStore store, VersionNumbering numbering)
    : IRequestHandler<UploadVersion, UploadedVersion>
{
    public async Task<UploadedVersion> Handle(UploadVersion request, CancellationToken cancellationToken)
    {
        if (!await context.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        var read = await reader.Read(request, cancellationToken);
        var goldenDigest = read.GoldenRows == 0 ? null : await StoreGolden(request.GoldenLines!, cancellationToken);
        return await numbering.Keep(request, read, goldenDigest, cancellationToken);
    }

    private async Task<string> StoreGolden(string lines, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines), writable: false);
        return (await store.Store(stream, cancellationToken)).Digest;
    }
}

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
            audit.Append("version_uploaded", Subject(version), upload.Notes, new { version.ReleaseDigest, version.ArtifactDigest, version.ContractInferred, version.GoldenRows });
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
        if (goldenDigest is null || goldenDigest == existing.GoldenDigest) return Answer(existing, alreadyThere: true);
        if (existing.Status != VersionStatus.Rejected) throw new RefusedException(RefusalKind.Conflict, KeepsItsGolden(existing));
        audit.Append("version_golden_replaced", Subject(existing), detail: new { Before = existing.GoldenDigest, After = goldenDigest });
        existing.GoldenDigest = goldenDigest;
        existing.GoldenRows = read.GoldenRows;
        existing.AskForChecks();
        await context.SaveChangesAsync(cancellationToken);
        return Answer(existing, alreadyThere: true);
    }

    // Silence here would let somebody believe that the corrected samples were tried.
    private static string KeepsItsGolden(ModelVersion existing)
    {
        var has = existing.GoldenDigest is null ? "was uploaded without golden samples" : "already has golden samples, other than these";
        var advice = existing.Status == VersionStatus.Checking
            ? "Wait for its checks: if they reject it, upload it again with these samples"
            : $"It is {SnakeCaseWord.Of(existing.Status)} and keeps what it was checked with: for other samples, change the contract or the artifact, which makes a new version";
        return $"Version {existing.Version} of {existing.Model} is this very release and {has}. {advice}. Without golden samples the upload answers with the version as it is.";
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
            GoldenRows = read.GoldenRows,
            Notes = upload.Notes ?? "",
            ImportNotes = upload.ImportNotes,
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
