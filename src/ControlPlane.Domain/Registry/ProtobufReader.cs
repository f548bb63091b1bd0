using System.Text;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// Walks the protobuf wire format of a byte source with one small window: what is skipped is never read, whatever its length says.
/// </summary>
internal sealed class ProtobufReader(IByteSource source)
{
    public const int Varint = 0;
    public const int Delimited = 2;
    private const int Fixed64 = 1;
    private const int Fixed32 = 5;
    private const int WindowBytes = 64 * 1024;
    private const int MaxTextBytes = 16 * 1024;
    private const long MaxFields = 50_000_000;
    private const long MaxTextTotalBytes = 64 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowCount;
    private long _position;
    private long _fields;
    private long _textBytes;

    public long Length => source.Length;

    /// <summary>The next field of the message that ends at <paramref name="end"/>; false at its end.</summary>
    public bool Next(long end, out int field, out int wire)
    {
        (field, wire) = (0, 0);
        if (_position >= end) return false;
        if (++_fields > MaxFields) throw new OnnxFormatException($"has more than {MaxFields} fields");
        var tag = ReadVarint(end);
        field = tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw Malformed("field number");
        wire = (int)(tag & 7);
        return wire is Varint or Fixed64 or Delimited or Fixed32 ? true : throw Malformed("wire type");
    }

    /// <summary>Steps into a nested message; gives its end.</summary>
    public long Enter(int wire, long end)
    {
        if (wire != Delimited) throw Malformed("nested message");
        var length = ReadVarint(end);
        if (length < 0 || length > end - _position)
            throw new OnnxFormatException($"is truncated or malformed: at byte {_position} {(ulong)length} bytes are announced and {end - _position} are left");
        return _position + length;
    }

    public void Skip(int wire, long end)
    {
        switch (wire)
        {
            case Varint:
                ReadVarint(end);
                break;
            case Delimited:
                _position = Enter(wire, end);
                break;
            default:
                var width = wire == Fixed64 ? 8 : 4;
                if (width > end - _position) throw Malformed("number");
                _position += width;
                break;
        }
    }

    public long ReadNumber(int wire, long end) => wire == Varint ? ReadVarint(end) : throw Malformed("number");

    public string ReadText(int wire, long end)
    {
        var textEnd = Enter(wire, end);
        var length = textEnd - _position;
        if (length > MaxTextBytes) throw new OnnxFormatException($"has a name of {length} bytes at byte {_position}; {MaxTextBytes} are the limit");
        if ((_textBytes += length) > MaxTextTotalBytes) throw new OnnxFormatException($"has more than {MaxTextTotalBytes} bytes of names");
        Span<byte> bytes = stackalloc byte[(int)length];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = ReadByte(textEnd);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Malformed("name");
        }
    }

    /// <summary>Reads a repeated number, packed or not, into <paramref name="numbers"/> up to <paramref name="limit"/> of them.</summary>
    public void ReadNumbers(int wire, long end, List<long> numbers, int limit)
    {
        var listEnd = wire == Delimited ? Enter(wire, end) : end;
        do
        {
            if (wire == Delimited && _position >= listEnd) return;
            if (numbers.Count >= limit) throw new OnnxFormatException($"has a list of more than {limit} numbers at byte {_position}");
            numbers.Add(ReadNumber(Varint, listEnd));
        }
        while (wire == Delimited);
    }

    public OnnxFormatException Malformed(string what) => new($"is not an ONNX model: a malformed {what} at byte {_position}");

    private long ReadVarint(long end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = ReadByte(end);
            value |= (ulong)(part & 0x7F) << Math.Min(shift, 63);
            if (part < 0x80) return (long)value;
        }

        throw Malformed("number");
    }

    private byte ReadByte(long end)
    {
        if (_position >= end) throw new OnnxFormatException($"is truncated or malformed at byte {_position}");
        var offset = _position - _windowStart;
        if (offset < 0 || offset >= _windowCount)
        {
            _windowStart = _position;
            _windowCount = source.Read(_position, _window);
            if (_windowCount <= 0) throw new OnnxFormatException($"ends at byte {_position} before its length");
            offset = 0;
        }

        _position++;
        return _window[offset];
    }
}
