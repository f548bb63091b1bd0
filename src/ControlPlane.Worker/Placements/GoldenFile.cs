using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Placements;

/// <summary>Golden samples out of the file in which they came, read anew for each pass: however many there are, one line lies in memory.</summary>
public sealed class GoldenFile(string path, Contract contract) : IGoldenSource
{
    private const int FirstBufferBytes = 64 * 1024;

    private static ReadOnlySpan<byte> Blank => [(byte)' ', (byte)'\t', (byte)'\r', 0xEF, 0xBB, 0xBF];

    public int Count { get; } = CountSamples(path);

    /// <exception cref="VersionLoadException">A line is no golden sample of this contract.</exception>
    public IEnumerable<GoldenSample> Samples()
    {
        var reader = new GoldenSampleReader(contract);
        foreach (var text in Lines(path))
        {
            if (reader.Next(text) is not { } line) continue;
            yield return line.Sample ?? throw new VersionLoadException(line.Problems);
        }
    }

    /// <summary>Lines that hold more than white space and the mark with which some programs begin a text file.</summary>
    private static int CountSamples(string path) => Lines(path).Count(line => !line.Span.Trim(Blank).IsEmpty);

    /// <summary>Each line without its end; its memory is written over by the next.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string path)
    {
        using var file = File.OpenHandle(path);
        var buffer = new byte[FirstBufferBytes];
        var (offset, filled) = (0L, 0);
        while (true)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = RandomAccess.Read(file, buffer.AsSpan(filled), offset);
            (offset, filled) = (offset + read, filled + read);
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                yield return buffer.AsMemory(start, length);
                start += length + 1;
            }

            if (read == 0)
            {
                if (start < filled) yield return buffer.AsMemory(start, filled - start);
                yield break;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }
    }
}
