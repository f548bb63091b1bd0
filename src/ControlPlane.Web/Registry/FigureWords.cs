using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>A check's numbers as people read them: p99_milliseconds is "p99 3.35 ms".</summary>
public static class FigureWords
{
    public static string Of(string key, double value)
    {
        var (name, text) = Split(key, value);
        return name.Length == 0 ? text : $"{name.Replace('_', ' ')} {text}";
    }

    private static (string Name, string Text) Split(string key, double value) =>
        Cut(key, "milliseconds") is { } timed ? (timed, Phrases.Milliseconds(value))
        : Cut(key, "microseconds") is { } quick ? (quick, $"{Phrases.Number(Math.Round(value, 1))} µs")
        : Cut(key, "megabytes") is { } sized ? (sized, $"{Phrases.Number(Math.Round(value, 1))} MB")
        : Cut(key, "bytes") is { } grown ? (grown, Phrases.Bytes((long)value))
        : Cut(key, "percent") is { } shared ? (shared, Phrases.SharePercent(value))
        : (key, double.IsInteger(value) ? Phrases.Count((long)value) : Short(value));

    private static string Short(double value) => Math.Abs(value) is >= 0.001 and < 1e6 ? Phrases.Number(Math.Round(value, 4)) : value.ToString("0.0e0", System.Globalization.CultureInfo.InvariantCulture);

    private static string? Cut(string key, string unit) => key == unit ? "" : key.EndsWith("_" + unit, StringComparison.Ordinal) ? key[..^(unit.Length + 1)] : null;
}
