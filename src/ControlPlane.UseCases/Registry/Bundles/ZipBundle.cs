using System.IO.Compression;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>A zip archive. Its list of entries is measured before it is read into memory, and every entry's name and kind is looked at before one is opened.</summary>
/// <param name="archive">Seekable; stays the caller's to close.</param>
public sealed class ZipBundle(Stream archive) : IBundleSource
{
    private const int UnixKindMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    public IReadOnlyList<BundleFile> List()
    {
        try
        {
            ZipDirectory.Measure(archive);
            var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            var entries = zip.Entries.Where(entry => !IsFolder(entry)).ToList();
            BundlePath.Check(zip.Entries.Where(IsFolder).Select(folder => (folder.FullName.TrimEnd('/'), LinkFault(folder))).Where(folder => BundlePath.Fault(folder.Item1) is not null));
            BundlePath.Check(entries.Select(entry => (entry.FullName, LinkFault(entry) ?? (entry.IsEncrypted ? "is encrypted" : null))));
            return [.. entries.Select(entry => new BundleFile(entry.FullName, entry.Length, entry.CompressedLength, entry.Crc32, () => Open(entry)))];
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentException)
        {
            throw RefusedException.Invalid("bundle", $"is not a whole zip archive: {fault.Message}");
        }
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/');

    /// <summary>Unix keeps a file's kind in the upper half of the attributes: a link, a device or a pipe is none of a bundle's.</summary>
    private static string? LinkFault(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> 16) & UnixKindMask) switch
    {
        0 or UnixFile or UnixFolder => null,
        0xA000 => "is a symbolic link",
        _ => "is neither a file nor a folder",
    };

    private static Stream Open(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException fault)
        {
            throw RefusedException.Invalid(BundlePath.PathOf(entry.FullName), $"cannot be unpacked: {fault.Message}");
        }
    }
}
