using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>
/// One file of a bundle while it is read: what it announced is not believed. More bytes than announced, more than the bundle may hold, a ratio
/// of a bomb, or another checksum at the end: refused with the file's name.
/// </summary>
internal sealed class CountedStream(BundleFile file, Stream inner, Action<int> take) : Stream
{
    private readonly Crc32 _checksum = new();
    private long _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(buffer, inner.Read(buffer));
        }
        catch (InvalidDataException fault)
        {
            throw Refused($"cannot be unpacked: {fault.Message}");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Count(buffer.Span, read);
        }
        catch (InvalidDataException fault)
        {
            throw Refused($"cannot be unpacked: {fault.Message}");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(Span<byte> buffer, int read)
    {
        if (read == 0 && buffer.Length > 0) CheckEnd();
        _bytes += read;
        if (_bytes > file.Bytes) throw Refused($"holds more than the {file.Bytes} bytes that it announces");
        if (BundleBudget.IsBomb(_bytes, file.PackedBytes)) throw Refused(BundleBudget.BombSentence);
        take(read);
        _checksum.Add(buffer[..read]);
        return read;
    }

    private void CheckEnd()
    {
        if (_bytes != file.Bytes) throw Refused($"is truncated: {_bytes} of {file.Bytes} bytes are there");
        if (file.Crc32 is { } announced && announced != _checksum.Value) throw Refused("is damaged: its checksum differs");
    }

    private RefusedException Refused(string sentence) => RefusedException.Invalid(BundlePath.PathOf(file.Path), sentence);
}
