using System.Buffers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;

namespace ControlPlane.Web.Adapters;

/// <summary>Artifacts as files named by their digest under one directory, two hexadecimal digits to a folder.</summary>
public sealed partial class FileArtifactStore : IArtifactStore
{
    private const int BufferBytes = 1 << 17;
    private readonly string _directory;
    private readonly string _incoming;
    private readonly long _maximumBytes;

    public FileArtifactStore(string directory, long maximumBytes = IArtifactStore.MaximumBytes)
    {
        _directory = directory;
        _incoming = Path.Combine(directory, "incoming");
        _maximumBytes = maximumBytes;
        Directory.CreateDirectory(_incoming);
        // What a killed process left half written belongs to nobody.
        foreach (var orphan in Directory.EnumerateFiles(_incoming)) File.Delete(orphan);
    }

    public async Task<StoredArtifact> Store(Stream content, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_incoming, Guid.CreateVersion7().ToString("n"));
        try
        {
            var stored = await Write(content, temporary, cancellationToken);
            var final = PathOf(stored.Digest);
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            // Equal digest means equal bytes, so overwriting the file of a faster upload changes nothing.
            File.Move(temporary, final, overwrite: true);
            return stored;
        }
        catch (IOException fault) when (DiskRoom.IsExhausted(fault))
        {
            throw DiskRoom.Refusal();
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> Open(string digest, CancellationToken cancellationToken)
    {
        if (!IsDigest(digest)) return Task.FromResult<Stream?>(null);
        var path = PathOf(digest);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous)
            : null);
    }

    public Task<bool> Has(string digest, CancellationToken cancellationToken) => Task.FromResult(IsDigest(digest) && File.Exists(PathOf(digest)));

    public async Task<bool> IsWritable(CancellationToken cancellationToken)
    {
        var probe = Path.Combine(_incoming, $"probe-{Guid.CreateVersion7():n}");
        try
        {
            await File.WriteAllBytesAsync(probe, [1], cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(probe);
        }
    }

    private async Task<StoredArtifact> Write(Stream content, string path, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            long bytes = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                bytes += read;
                if (bytes > _maximumBytes) throw new RefusedException(RefusalKind.TooLarge, $"An artifact may have at most {_maximumBytes} bytes.");
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            // The name must never appear before the bytes are on the disk.
            file.Flush(flushToDisk: true);
            return new($"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}", bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string PathOf(string digest)
    {
        var hexadecimal = digest["sha256:".Length..];
        return Path.Combine(_directory, hexadecimal[..2], hexadecimal);
    }

    private static bool IsDigest(string digest) => Digest().IsMatch(digest);

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
