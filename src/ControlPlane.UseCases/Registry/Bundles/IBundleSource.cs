using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>The files of a bundle, wherever they are kept meanwhile.</summary>
public interface IBundleSource
{
    /// <summary>Every file, names checked, none opened yet.</summary>
    /// <exception cref="RefusedException">Invalid with the entry's name, or TooLarge.</exception>
    IReadOnlyList<BundleFile> List();
}

/// <summary>One file of a bundle.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Bytes">As announced; not to be trusted before they were read.</param>
/// <param name="PackedBytes">As they lie in the archive; the same as <paramref name="Bytes"/> when nothing is packed.</param>
/// <param name="Crc32">Checksum of the content; null when none is known.</param>
public sealed record BundleFile(string Path, long Bytes, long PackedBytes, uint? Crc32, Func<Stream> Open);
