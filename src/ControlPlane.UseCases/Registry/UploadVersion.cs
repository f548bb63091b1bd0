using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// Makes a version of an artifact that is already in the store (streamed there by <see cref="IArtifactStore"/> or by a resumable upload).
/// Without a contract one is inferred from the graph's signature. The same release digest answers with the existing version; when that was
/// rejected and other golden samples or reference data come with it, they take the place of the old ones and it is checked again; of any other
/// version: Conflict.
/// </summary>
/// <param name="Golden">Golden samples as JSON lines or CSV.</param>
/// <param name="GoldenIsCsv">Null when nobody told: JSON lines begin with a brace.</param>
/// <param name="Reference">A reference CSV that is in the store, for the baseline; without it the golden samples give it.</param>
/// <param name="Preprocessing">The graph of the contract's onnx step, when it came along; it is in the store.</param>
/// <param name="ImportNotes">What an import from another system could not carry over.</param>
public sealed record UploadVersion(
    string Model,
    StoredArtifact Artifact,
    string? ContractJson,
    string? Golden,
    string? Notes,
    bool? GoldenIsCsv = null,
    StoredArtifact? Reference = null,
    StoredArtifact? Preprocessing = null,
    IReadOnlyList<string>? ImportNotes = null) : IRequest<UploadedVersion>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
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
        var goldenDigest = read.Golden.Rows == 0 ? null : await StoreGolden(read.Golden.Lines.ToArray(), cancellationToken);
        return await numbering.Keep(request, read, goldenDigest, cancellationToken);
    }

    private async Task<string> StoreGolden(byte[] lines, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(lines, writable: false);
        return (await store.Store(stream, cancellationToken)).Digest;
    }
}
