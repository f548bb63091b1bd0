using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>How much of a bundle has been unpacked, and whether that is still allowed. Files of a bundle count once.</summary>
internal sealed class BundleBudget
{
    public static readonly string BombSentence = $"unpacks to more than {BundleLimits.MaximumRatio} times its size; such a file is not opened";

    private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);
    private long _artifacts;
    private long _others;

    public static bool IsBomb(long bytes, long packedBytes) => bytes > BundleLimits.RatioFreeBytes && bytes / BundleLimits.MaximumRatio > packedBytes;

    /// <summary>What the files announce is enough to refuse them; that it is true is seen while they are read.</summary>
    public static void CheckAnnounced(IReadOnlyList<BundleFile> files)
    {
        if (files.FirstOrDefault(file => IsBomb(file.Bytes, file.PackedBytes)) is { } bomb) throw RefusedException.Invalid(BundlePath.PathOf(bomb.Path), BombSentence);
        var budget = new BundleBudget();
        foreach (var file in files) budget.Take(file, file.Bytes);
    }

    /// <summary>Opens a file; what is read of it is counted here.</summary>
    public Stream Open(BundleFile file)
    {
        // Read again (a test before it is stored), a file takes its bytes of the budget back first.
        if (_bytes.Remove(file.Path, out var before))
        {
            if (BundleLimits.IsArtifact(file.Path)) _artifacts -= before;
            else _others -= before;
        }

        return new CountedStream(file, file.Open(), read => Take(file, read));
    }

    private void Take(BundleFile file, long bytes)
    {
        _bytes[file.Path] = _bytes.GetValueOrDefault(file.Path) + bytes;
        if (BundleLimits.IsArtifact(file.Path) && (_artifacts += bytes) > BundleLimits.ArtifactBytes) throw TooLarge(file, "ONNX files", BundleLimits.ArtifactBytes);
        if (!BundleLimits.IsArtifact(file.Path) && (_others += bytes) > BundleLimits.OtherBytes) throw TooLarge(file, "files beside the ONNX files", BundleLimits.OtherBytes);
    }

    private static RefusedException TooLarge(BundleFile file, string what, long limit) =>
        new(RefusalKind.TooLarge, $"{BundlePath.PathOf(file.Path)}: with it the {what} of the bundle have more than {limit} bytes.");
}
