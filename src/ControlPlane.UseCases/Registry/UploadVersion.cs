using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// Makes a version of an artifact that is already in the store (streamed there by <see cref="IArtifactStore"/> or by a resumable upload).
/// Without a contract one is inferred from the graph's signature. The same release digest answers with the existing version.
/// </summary>
public sealed record UploadVersion(string Model, StoredArtifact Artifact, string? ContractJson, string? GoldenLines, string? Notes) : IRequest<UploadedVersion>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

/// <summary>The version made, or the existing one of the same release digest.</summary>
public sealed record UploadedVersion(string Model, int Version, VersionStatus Status, string ReleaseDigest, bool AlreadyThere);
