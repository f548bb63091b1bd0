using System.Collections.Concurrent;
using System.Security.Cryptography;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Placements;

/// <summary>The node's own copies of artifacts and golden files, by digest. A file under its final name was verified when it was written.</summary>
public sealed class ArtifactShelf
{
    private const string Prefix = "sha256:";
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private readonly string _directory;
    private readonly WebGateway _web;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _oneAtATime = new();
    private readonly ConcurrentDictionary<string, bool> _verified = new();

    private readonly ConcurrentDictionary<HeldDigests, bool> _holds = new();

    public ArtifactShelf(NodeSettings settings, WebGateway web)
    {
        _web = web;
        _directory = Path.Combine(settings.Directory, "artifacts");
        Directory.CreateDirectory(_directory);
        foreach (var half in Directory.EnumerateFiles(_directory, "*.part")) File.Delete(half);
    }

    /// <summary>The path of the file with this digest, fetched when it is not here. A file left by an earlier process is hashed again before it is trusted.</summary>
    /// <exception cref="DigestMismatchException">What came has another digest; nothing is kept.</exception>
    public async Task<string> Obtain(string digest, CancellationToken cancellation)
    {
        var path = PathOf(digest);
        var gate = _oneAtATime.GetOrAdd(digest, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellation);
        try
        {
            if (File.Exists(path) && (_verified.ContainsKey(digest) || await Matches(path, digest, cancellation))) return path;
            await Fetch(digest, path, cancellation);
            return path;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Keeps files from being removed until the answer is disposed, whoever else refers to them.</summary>
    public IDisposable Hold(IReadOnlyList<string> digests)
    {
        var hold = new HeldDigests(this, digests);
        _holds.TryAdd(hold, true);
        return hold;
    }

    /// <summary>Removes the files that nothing refers to any more.</summary>
    public void KeepOnly(IReadOnlySet<string> digests)
    {
        var kept = digests.Concat(_holds.Keys.SelectMany(hold => hold.Digests)).Select(PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_directory).Where(path => !path.EndsWith(".part", StringComparison.Ordinal) && !kept.Contains(path)))
        {
            _verified.TryRemove(Prefix + Path.GetFileName(path), out _);
            File.Delete(path);
        }
    }

    private async Task Fetch(string digest, string path, CancellationToken cancellation)
    {
        var half = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using var content = await _web.OpenArtifact(digest, cancellation);
            string found;
            await using (var file = new FileStream(half, FileMode.CreateNew, FileAccess.Write))
            {
                found = await CopyHashing(content, file, cancellation);
                file.Flush(flushToDisk: true);
            }

            if (found != digest) throw new DigestMismatchException(digest, found);
            File.Move(half, path, overwrite: true);
            _verified[digest] = true;
        }
        catch
        {
            File.Delete(half);
            throw;
        }
    }

    private async Task<bool> Matches(string path, string digest, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        var matches = Prefix + Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)) == digest;
        if (matches) _verified[digest] = true;
        return matches;
    }

    private static async Task<string> CopyHashing(Stream from, Stream to, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            silence.CancelAfter(LongestSilence);
            int read;
            try
            {
                read = await from.ReadAsync(buffer, silence.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new IOException($"no byte came for {LongestSilence.TotalSeconds} s");
            }

            if (read == 0) return Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    /// <summary>Digests come over the network and become file names: nothing but the digest's own form is taken.</summary>
    private string PathOf(string digest) =>
        digest.StartsWith(Prefix, StringComparison.Ordinal) && digest.Length == Prefix.Length + 64 && digest.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0
            ? Path.Combine(_directory, digest[Prefix.Length..])
            : throw new IOException($"'{digest}' is not a digest (sha256: and 64 hexadecimal digits)");

    private sealed class HeldDigests(ArtifactShelf shelf, IReadOnlyList<string> digests) : IDisposable
    {
        public IReadOnlyList<string> Digests => digests;

        public void Dispose() => shelf._holds.TryRemove(this, out _);
    }
}

/// <summary>Bytes that are not what their digest says.</summary>
public sealed class DigestMismatchException(string wanted, string found) : Exception($"the bytes that came have the digest {found}, not {wanted}");
