namespace ControlPlane.UseCases.Registry;

/// <summary>Bytes known by their SHA-256 digest (<c>sha256:</c> and 64 hexadecimal digits). Whole or absent, never half.</summary>
public interface IArtifactStore
{
    /// <summary>Largest artifact in bytes: 4 GB.</summary>
    const long MaximumBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Streams the bytes to a temporary name, hashing as they pass, and renames at the end. A full disk or a broken stream throws and leaves nothing.</summary>
    /// <exception cref="Pipeline.RefusedException">TooLarge above <see cref="MaximumBytes"/>; Unavailable when the disk is full.</exception>
    Task<StoredArtifact> Store(Stream content, CancellationToken cancellationToken);

    /// <summary>A seekable stream over the bytes, or null when the store does not have them.</summary>
    Task<Stream?> Open(string digest, CancellationToken cancellationToken);

    Task<bool> Has(string digest, CancellationToken cancellationToken);

    /// <summary>Whether a byte can be written now; for readiness.</summary>
    Task<bool> IsWritable(CancellationToken cancellationToken);
}

/// <summary>An artifact in the store.</summary>
public sealed record StoredArtifact(string Digest, long Bytes);
