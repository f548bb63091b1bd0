using System.Text;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry;

/// <summary>Texts that are kept in the artifact store: golden samples and reference files.</summary>
[UseCasePart]
internal sealed class StoredTexts(IArtifactStore store)
{
    public async Task<StoredArtifact> Store(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(utf8.ToArray(), writable: false);
        return await store.Store(stream, cancellationToken);
    }

    /// <summary>The text, or null without a digest.</summary>
    /// <exception cref="RefusedException">Invalid when the store has lost it.</exception>
    public async Task<string?> Read(string path, string? digest, CancellationToken cancellationToken)
    {
        if (digest is null) return null;
        await using var stream = await store.Open(digest, cancellationToken) ?? throw RefusedException.Invalid(path, $"{digest} is not in the store");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>A file that is in the store, with its length; null without a digest.</summary>
    /// <exception cref="RefusedException">Invalid when the store has lost it.</exception>
    public async Task<StoredArtifact?> Find(string path, string? digest, CancellationToken cancellationToken)
    {
        if (digest is null) return null;
        await using var stream = await store.Open(digest, cancellationToken) ?? throw RefusedException.Invalid(path, $"{digest} is not in the store");
        return new(digest, stream.Length);
    }
}
