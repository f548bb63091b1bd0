using System.Globalization;

namespace ControlPlane.Domain.Registry.Triton;

/// <summary>Numbers of the text format: decimal, 0x, 0 for octal, fractions with or without a closing f.</summary>
internal static class ProtobufTextNumber
{
    public static bool IsNumber(string text) => Whole(text) is not null || IsFraction(text);

    /// <summary>A whole number; null for a fraction or one that 64 bits do not hold.</summary>
    public static long? Whole(string text)
    {
        var negative = text.StartsWith('-');
        var digits = negative ? text[1..] : text;
        if (digits.Length == 0) return null;
        Int128? value = digits switch
        {
            _ when digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) =>
                ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null,
            ['0', _, ..] => Octal(digits),
            _ => ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
        if (negative) value = -value;
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    private static Int128? Octal(string digits)
    {
        if (digits.Length > 22 || digits.AsSpan().ContainsAnyExceptInRange('0', '7')) return null;
        return digits.Aggregate(Int128.Zero, (value, digit) => (value * 8) + (digit - '0'));
    }

    private static bool IsFraction(string text)
    {
        var number = text.AsSpan();
        if (number is [.., 'f' or 'F']) number = number[..^1];
        return number.Length > 0 && double.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _)
            && number[^1] is (>= '0' and <= '9') or '.';
    }
}
