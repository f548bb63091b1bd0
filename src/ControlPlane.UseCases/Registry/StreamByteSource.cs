using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry;

/// <summary>An artifact in the store, read anywhere.</summary>
internal sealed class StreamByteSource(Stream stream) : IByteSource
{
    public long Length => stream.Length;

    public int Read(long offset, Span<byte> destination)
    {
        stream.Position = offset;
        return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }
}
