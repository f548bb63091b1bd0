using System.Buffers;
using System.Globalization;
using System.Text;

namespace ControlPlane.Domain.Registry.Triton;

/// <summary>A text of the text format while it is read: escapes name bytes, so bytes are gathered and read as UTF-8 at the end.</summary>
internal sealed class ProtobufTextLiteral
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Takes what stands at <paramref name="at"/> and steps over it; false when it is an escape that nobody knows.</summary>
    public bool Append(string text, ref int at)
    {
        if (text[at] == '\\') return AppendEscape(text, ref at);
        var end = at;
        while (end < text.Length && text[end] is not ('\\' or '"' or '\'' or '\n')) end++;
        if (end == at) end++;
        Encoding.UTF8.GetBytes(text.AsSpan(at, end - at), _bytes);
        at = end;
        return true;
    }

    /// <summary>The text; null when the bytes are no UTF-8.</summary>
    public string? Decode()
    {
        try
        {
            return Utf8.GetString(_bytes.WrittenSpan);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private bool AppendEscape(string text, ref int at)
    {
        var letter = at + 1 < text.Length ? text[at + 1] : '\0';
        var simple = "ntrabfv\\'\"?".IndexOf(letter, StringComparison.Ordinal);
        if (simple >= 0 && letter != '\0')
        {
            at += 2;
            return AppendByte("\n\t\r\a\b\f\v\\'\"?"[simple]);
        }

        return letter switch
        {
            >= '0' and <= '7' => Digits(text, ref at, 1, 1, 3, 8) is <= 255 and var octal && AppendByte(octal),
            'x' or 'X' => Digits(text, ref at, 2, 1, 2, 16) is >= 0 and var hexadecimal && AppendByte(hexadecimal),
            'u' => AppendRune(Digits(text, ref at, 2, 4, 4, 16)),
            'U' => AppendRune(Digits(text, ref at, 2, 8, 8, 16)),
            _ => false,
        };
    }

    private static long Digits(string text, ref int at, int skip, int fewest, int most, int radix)
    {
        long value = 0;
        var count = 0;
        for (var place = at + skip; count < most && place < text.Length; place++, count++)
        {
            if (!int.TryParse(text.AsSpan(place, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digit) || digit >= radix) break;
            value = (value * radix) + digit;
        }

        if (count < fewest) return -1;
        at += skip + count;
        return value;
    }

    private bool AppendByte(long value)
    {
        _bytes.GetSpan(1)[0] = (byte)value;
        _bytes.Advance(1);
        return true;
    }

    private bool AppendRune(long value)
    {
        if (value is < 0 or > int.MaxValue || !Rune.IsValid((int)value)) return false;
        var rune = new Rune((int)value);
        _bytes.Advance(rune.EncodeToUtf8(_bytes.GetSpan(4)));
        return true;
    }
}
