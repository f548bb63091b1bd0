using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry.Triton;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>
/// Reads a bundle: one of our own, an MLflow model directory with an ONNX flavour, or a Triton model directory. It becomes a draft;
/// what could not be carried over is listed, never guessed. A refused bundle leaves nothing behind.
/// </summary>
/// <param name="CreateVersion">Makes a version of it at once instead of a draft; for bundles of our own that have a contract.</param>
public sealed record ImportBundle(string Model, IBundleSource Bundle, bool CreateVersion = false) : IRequest<ImportedBundle>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

/// <summary>What came of a bundle.</summary>
/// <param name="DraftId">Null when a version was made of it at once.</param>
/// <param name="Problems">What has to be put right before a version can be made of the draft.</param>
/// <param name="Carried">What was carried over, one sentence each.</param>
/// <param name="NotCarried">What was not, each with its reason.</param>
/// <param name="TryExample">The first row of the bundle's example as JSON; null without one.</param>
public sealed record ImportedBundle(
    Guid? DraftId,
    string Source,
    string Contract,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<string> Carried,
    IReadOnlyList<string> NotCarried,
    int GoldenRows,
    string ArtifactDigest,
    string? TryExample,
    UploadedVersion? Version);

internal sealed class ImportBundleHandler(ControlPlaneContext context, BundleReader reader, BundleDrafts drafts, IMediator mediator) : IRequestHandler<ImportBundle, ImportedBundle>
{
    public async Task<ImportedBundle> Handle(ImportBundle request, CancellationToken cancellationToken)
    {
        if (!await context.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        var bundle = BundleContent.Of(request.Bundle);
        // Known before a gigabyte is unpacked.
        if (request.CreateVersion && (bundle.Has(MlflowModel.File) || bundle.Has(TritonConfigReader.Path) || !bundle.Has(OwnBundle.Contract)))
            throw RefusedException.Invalid("create", $"a version is made at once only of a bundle of this product's own with {OwnBundle.Model} and {OwnBundle.Contract}; import it as a draft");
        var parts = await reader.Read(bundle, cancellationToken);
        var notCarried = parts.NotCarried.Concat(bundle.LeftBehind()).ToList();
        return request.CreateVersion ? await Create(request, parts, notCarried, cancellationToken) : await drafts.Keep(request.Model, parts, notCarried, cancellationToken);
    }

    private async Task<ImportedBundle> Create(ImportBundle request, BundleParts parts, List<string> notCarried, CancellationToken cancellationToken)
    {
        var version = await mediator.Send(parts.ToUpload(request.Model, notCarried), cancellationToken);
        var rows = await context.Versions.Where(made => made.Model == version.Model && made.Version == version.Version).Select(made => made.GoldenRows).SingleAsync(cancellationToken);
        return new(null, parts.Source, parts.ContractText, [], parts.Carried, notCarried, rows, parts.Artifact.Digest, null, version);
    }
}
