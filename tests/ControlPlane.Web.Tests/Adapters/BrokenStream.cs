namespace ControlPlane.Web.Tests.Adapters;

/// <summary>Yields some bytes and then breaks, as a connection does.</summary>
internal sealed class BrokenStream(int bytesBeforeTheBreak) : Stream
{
    private int _left = bytesBeforeTheBreak;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left == 0) throw new IOException("The connection broke.");
        var read = Math.Min(count, _left);
        _left -= read;
        Array.Fill(buffer, (byte)7, offset, read);
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
