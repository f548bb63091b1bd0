using System.Buffers;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Bundles;
using ControlPlane.Web.Adapters;

namespace ControlPlane.Web.Registry;

/// <summary>The parts of a bundle's multipart body, kept one after the other in one file of the spool until the bundle is read.</summary>
internal sealed class BundleForm(Spool spool) : IAsyncDisposable
{
    private const long MaximumBytes = BundleLimits.ArtifactBytes + BundleLimits.OtherBytes;
    private readonly FileStream _kept = spool.Create();
    private readonly List<BundleFile> _files = [];
    private bool _isZip;

    /// <summary>What the field <c>create</c> says.</summary>
    public bool Create { get; private set; }

    public IBundleSource Bundle => _isZip ? new ZipBundle(_kept) : new FolderBundle(_files);

    public async Task Read(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            await MultipartParts.Read(request, part => ReadPart(part, cancel), cancel);
        }
        catch (IOException fault) when (DiskRoom.IsExhausted(fault))
        {
            throw DiskRoom.Refusal();
        }

        if (!_isZip && _files.Count == 0) throw RefusedException.Invalid("bundle", "is missing: send one zip as the part bundle, or files as parts named file whose file names are their paths");
    }

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    private async Task ReadPart(MultipartPart part, CancellationToken cancel)
    {
        switch (part.Name)
        {
            case "bundle":
                if (_isZip) throw RefusedException.Invalid("bundle", "stands there twice");
                if (_files.Count > 0) throw RefusedException.Invalid("bundle", "stands beside files; send a zip or files");
                _isZip = true;
                await Keep(part, cancel);
                break;
            case "file":
                if (_isZip) throw RefusedException.Invalid("file", "stands beside a bundle; send a zip or files");
                if (part.FileName.Length == 0) throw RefusedException.Invalid("file", "has no file name; it is to be the path within the folder");
                if (_files.Count == BundleLimits.MaximumFiles) throw RefusedException.Invalid("file", $"there are more than {BundleLimits.MaximumFiles} files");
                var start = _kept.Length;
                var length = await Keep(part, cancel);
                _files.Add(new(part.FileName, length, length, null, () => new SegmentStream(_kept, start, length)));
                break;
            case "create":
                var text = (await PartText.Read("create", part.Section.Body, cancel)).Trim();
                Create = bool.TryParse(text, out var create) ? create : throw RefusedException.Invalid("create", "must be true or false");
                break;
            default:
                throw RefusedException.Invalid(part.Name.Length == 0 ? "body" : part.Name, "is not a part known here; the parts are bundle, file, create");
        }
    }

    private async Task<long> Keep(MultipartPart part, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            long bytes = 0;
            int read;
            while ((read = await part.Section.Body.ReadAsync(buffer, cancel)) > 0)
            {
                bytes += read;
                if (_kept.Position + read > MaximumBytes) throw new RefusedException(RefusalKind.TooLarge, $"A bundle may have at most {MaximumBytes} bytes.");
                await _kept.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            await _kept.FlushAsync(cancel);
            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
