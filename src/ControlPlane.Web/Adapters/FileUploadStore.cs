using System.Collections.Concurrent;
using System.Text.Json;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;

namespace ControlPlane.Web.Adapters;

/// <summary>Uploads in pieces: a file of what has arrived and a small JSON file of what was declared. The offset is the length of the first, so a restart loses nothing.</summary>
public sealed class FileUploadStore : IUploadStore
{
    private const int BufferBytes = 1 << 17;
    private readonly string _directory;
    private readonly IArtifactStore _artifacts;
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _writers = new();

    public FileUploadStore(string directory, IArtifactStore artifacts)
    {
        _directory = directory;
        _artifacts = artifacts;
        Directory.CreateDirectory(directory);
    }

    public async Task<UploadState> Begin(string fileName, long bytes, string owner, CancellationToken cancellationToken)
    {
        if (bytes is < 1) throw RefusedException.Invalid("bytes", $"must be at least 1 (is {bytes})");
        if (bytes > IArtifactStore.MaximumBytes)
            throw new RefusedException(RefusalKind.TooLarge, $"An artifact may have at most {IArtifactStore.MaximumBytes} bytes (declared are {bytes}).");
        if (string.IsNullOrWhiteSpace(fileName)) throw RefusedException.Invalid("file_name", "must not be empty");
        var id = Guid.CreateVersion7();
        try
        {
            await File.WriteAllTextAsync(DeclarationOf(id), JsonSerializer.Serialize(new Declaration(fileName, bytes, owner)), cancellationToken);
            await File.WriteAllBytesAsync(ContentOf(id), [], cancellationToken);
        }
        catch (IOException fault) when (DiskRoom.IsExhausted(fault))
        {
            Remove(id);
            throw DiskRoom.Refusal();
        }

        return new(id, fileName, bytes, 0, owner);
    }

    public async Task<UploadState?> Find(Guid id, CancellationToken cancellationToken)
    {
        var content = new FileInfo(ContentOf(id));
        if (!content.Exists || !File.Exists(DeclarationOf(id))) return null;
        var declared = JsonSerializer.Deserialize<Declaration>(await File.ReadAllTextAsync(DeclarationOf(id), cancellationToken));
        return declared is null ? null : new(id, declared.FileName, declared.Bytes, content.Length, declared.Owner);
    }

    public async Task<UploadState> Append(Guid id, long offset, Stream content, CancellationToken cancellationToken)
    {
        var writer = _writers.GetOrAdd(id, _ => new(1));
        // Two connections that continue the same upload: the second one is told, not queued, because its offset is stale anyway.
        if (!await writer.WaitAsync(0, cancellationToken)) throw new RefusedException(RefusalKind.Conflict, $"Upload {id} is being continued by another request.");
        try
        {
            var state = await Existing(id, cancellationToken);
            if (state.Offset != offset)
                throw new RefusedException(RefusalKind.Conflict, $"Upload {id} stands at offset {state.Offset}, not {offset}.");
            await Copy(state, content, cancellationToken);
            return await Existing(id, cancellationToken);
        }
        catch (IOException fault) when (DiskRoom.IsExhausted(fault))
        {
            throw DiskRoom.Refusal();
        }
        finally
        {
            writer.Release();
        }
    }

    public async Task<StoredArtifact> Complete(Guid id, CancellationToken cancellationToken)
    {
        var state = await Existing(id, cancellationToken);
        if (state.Offset != state.Bytes) throw new RefusedException(RefusalKind.Conflict, $"Upload {id} has {state.Offset} of {state.Bytes} bytes.");
        StoredArtifact stored;
        await using (var content = new FileStream(ContentOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous))
            stored = await _artifacts.Store(content, cancellationToken);
        Remove(id);
        return stored;
    }

    public Task<int> Purge(DateTimeOffset untouchedSince, CancellationToken cancellationToken)
    {
        var old = Directory.EnumerateFiles(_directory, "*.part")
            .Where(path => File.GetLastWriteTimeUtc(path) < untouchedSince.UtcDateTime)
            .Select(path => Guid.ParseExact(Path.GetFileNameWithoutExtension(path), "n"))
            .ToList();
        old.ForEach(Remove);
        return Task.FromResult(old.Count);
    }

    private async Task Copy(UploadState state, Stream content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(ContentOf(state.Id), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferBytes];
        var left = state.Bytes - state.Offset;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read > left) throw new RefusedException(RefusalKind.TooLarge, $"Upload {state.Id} was declared with {state.Bytes} bytes; more arrived.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }

        file.Flush(flushToDisk: true);
    }

    private async Task<UploadState> Existing(Guid id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw RefusedException.NotFound($"upload {id}");

    private void Remove(Guid id)
    {
        File.Delete(ContentOf(id));
        File.Delete(DeclarationOf(id));
        _writers.TryRemove(id, out _);
    }

    private string ContentOf(Guid id) => Path.Combine(_directory, $"{id:n}.part");

    private string DeclarationOf(Guid id) => Path.Combine(_directory, $"{id:n}.json");

    private sealed record Declaration(string FileName, long Bytes, string Owner);
}
