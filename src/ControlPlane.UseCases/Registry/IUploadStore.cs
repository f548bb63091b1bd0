namespace ControlPlane.UseCases.Registry;

/// <summary>Uploads that arrive in pieces and may be continued after a broken connection or a restart.</summary>
public interface IUploadStore
{
    /// <summary>Begins an upload of a declared length.</summary>
    Task<UploadState> Begin(string fileName, long bytes, string owner, CancellationToken cancellationToken);

    /// <summary>How far an upload has come; null when it is unknown.</summary>
    Task<UploadState?> Find(Guid id, CancellationToken cancellationToken);

    /// <summary>Appends at exactly the present offset (anything else is a Conflict that tells the offset). What arrived before a break is kept.</summary>
    Task<UploadState> Append(Guid id, long offset, Stream content, CancellationToken cancellationToken);

    /// <summary>Moves a complete upload into the artifact store.</summary>
    Task<StoredArtifact> Complete(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes uploads that nobody continued since the instant; returns how many.</summary>
    Task<int> Purge(DateTimeOffset untouchedSince, CancellationToken cancellationToken);
}

/// <summary>An upload in pieces: <paramref name="Offset"/> of <paramref name="Bytes"/> bytes have arrived.</summary>
public sealed record UploadState(Guid Id, string FileName, long Bytes, long Offset, string Owner);
