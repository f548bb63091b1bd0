namespace ControlPlane.Domain.Registry;

/// <summary>Bytes at rest that can be read anywhere; a file, or an array in a test.</summary>
public interface IByteSource
{
    long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on; gives the bytes read, fewer only at the end.</summary>
    int Read(long offset, Span<byte> destination);
}
