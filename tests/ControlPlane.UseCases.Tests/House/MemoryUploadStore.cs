using System.Collections.Concurrent;
using ControlPlane.UseCases.Registry;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>Uploads in pieces, in memory.</summary>
public sealed class MemoryUploadStore(IArtifactStore artifacts, TimeProvider clock) : IUploadStore
{
    private readonly ConcurrentDictionary<Guid, (UploadState State, MemoryStream Bytes, DateTimeOffset TouchedAt)> _uploads = new();

    public Task<UploadState> Begin(string fileName, long bytes, string owner, CancellationToken cancellationToken)
    {
        var state = new UploadState(Guid.NewGuid(), fileName, bytes, 0, owner);
        _uploads[state.Id] = (state, new MemoryStream(), clock.GetUtcNow());
        return Task.FromResult(state);
    }

    public Task<UploadState?> Find(Guid id, CancellationToken cancellationToken) => Task.FromResult(_uploads.TryGetValue(id, out var upload) ? upload.State : null);

    public async Task<UploadState> Append(Guid id, long offset, Stream content, CancellationToken cancellationToken)
    {
        var upload = _uploads[id];
        await content.CopyToAsync(upload.Bytes, cancellationToken);
        var state = upload.State with { Offset = upload.Bytes.Length };
        _uploads[id] = (state, upload.Bytes, clock.GetUtcNow());
        return state;
    }

    public Task<StoredArtifact> Complete(Guid id, CancellationToken cancellationToken)
    {
        _uploads.TryRemove(id, out var upload);
        upload.Bytes.Position = 0;
        return artifacts.Store(upload.Bytes, cancellationToken);
    }

    public Task<int> Purge(DateTimeOffset untouchedSince, CancellationToken cancellationToken) =>
        Task.FromResult(_uploads.Where(upload => upload.Value.TouchedAt < untouchedSince).Count(upload => _uploads.TryRemove(upload.Key, out _)));
}
