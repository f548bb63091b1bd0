using System.Buffers.Binary;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>
/// Counts the entries in a zip's central directory by walking it (APPNOTE 4.3.12 to 4.3.16) in a fixed amount of memory: the library reads all
/// of them at once, however many there are.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint End64LocatorSignature = 0x07064B50;
    private const uint End64Signature = 0x06064B50;
    private const uint EntrySignature = 0x02014B50;
    private const int EndBytes = 22;
    private const int EntryBytes = 46;

    /// <exception cref="RefusedException">Invalid when there are too many entries, or when no directory can be found.</exception>
    public static void Measure(Stream archive)
    {
        var end = FindEnd(archive) ?? throw RefusedException.Invalid("bundle", "is not a whole zip archive: it has no directory at its end");
        var start = FindStart(archive, end);
        if (start < 0 || start > end) throw RefusedException.Invalid("bundle", "is not a whole zip archive: its directory lies outside it");
        if (end - start > BundleLimits.DirectoryBytes) throw RefusedException.Invalid("bundle", $"has a directory of {end - start} bytes; {BundleLimits.DirectoryBytes} are the limit");
        Span<byte> entry = stackalloc byte[EntryBytes];
        var count = 0;
        for (var at = start; TryRead(archive, at, entry) && BinaryPrimitives.ReadUInt32LittleEndian(entry) == EntrySignature; count++)
        {
            if (count == BundleLimits.MaximumFiles) throw RefusedException.Invalid("bundle", $"has more than {BundleLimits.MaximumFiles} entries");
            at += EntryBytes + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        archive.Position = 0;
    }

    // The end record may be followed by a comment of up to 65,535 bytes; the last signature counts, as for every reader.
    private static long? FindEnd(Stream archive)
    {
        var length = (int)Math.Min(archive.Length, EndBytes + ushort.MaxValue);
        var tail = new byte[length];
        if (length < EndBytes || !TryRead(archive, archive.Length - length, tail)) return null;
        for (var at = length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndSignature) return archive.Length - length + at;
        }

        return null;
    }

    private static long FindStart(Stream archive, long end)
    {
        Span<byte> record = stackalloc byte[56];
        if (!TryRead(archive, end, record[..EndBytes])) return -1;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (!TryRead(archive, end - 20, record[..20]) || BinaryPrimitives.ReadUInt32LittleEndian(record) != End64LocatorSignature) return start;
        var end64 = BinaryPrimitives.ReadInt64LittleEndian(record[8..]);
        return TryRead(archive, end64, record) && BinaryPrimitives.ReadUInt32LittleEndian(record) == End64Signature ? Math.Min(start, BinaryPrimitives.ReadInt64LittleEndian(record[48..])) : -1;
    }

    private static bool TryRead(Stream archive, long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > archive.Length - destination.Length) return false;
        archive.Position = offset;
        archive.ReadExactly(destination);
        return true;
    }
}
