using System.Globalization;

namespace ControlPlane.Web.Parts;

/// <summary>Numbers, times and names as a person reads them.</summary>
public static class Phrases
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>"4 s ago", "3 min ago", "2 h ago", "5 d ago"; the future as "in 4 min".</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var passed = now - at;
        if (passed.Duration() < TimeSpan.FromSeconds(1)) return "now";
        return passed > TimeSpan.Zero ? $"{Coarse(passed)} ago" : $"in {Coarse(passed.Duration())}";
    }

    /// <summary>The exact instant in UTC, for hovering.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", English);

    /// <summary>A duration in its two largest units: "1 h 12 min", "30 s"; zero is "0 s".</summary>
    public static string Duration(TimeSpan span)
    {
        if (span.TotalSeconds < 1) return "0 s";
        (long Amount, string Unit)[] parts = [((long)span.TotalDays, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s")];
        var first = Array.FindIndex(parts, part => part.Amount > 0);
        return string.Join(' ', parts.Skip(first).Take(2).Where(part => part.Amount > 0).Select(part => $"{part.Amount.ToString("N0", English)} {part.Unit}"));
    }

    /// <summary>A plain number with its thousands apart; very small and very large ones as 1.5e-7.</summary>
    public static string Number(double value) => Math.Abs(value) is >= 1e15 or < 1e-4 and not 0
        ? value.ToString("0.######e0", English)
        : value.ToString("#,0.######", English);

    public static string Count(long count) => count.ToString("N0", English);

    /// <summary>Requests per second: one decimal below ten.</summary>
    public static string Rate(double perSecond) => perSecond.ToString(perSecond is > 0 and < 10 ? "0.0" : "N0", English);

    /// <summary>A share of one as percent with two decimals; a dash when there is nothing to divide.</summary>
    public static string Percent(double? share) => share is { } known ? $"{(known * 100).ToString("0.00", English)} %" : "–";

    /// <summary>A share that is in percent already, with at most two decimals.</summary>
    public static string SharePercent(double percent) => $"{percent.ToString("0.##", English)} %";

    public static string BasisPoints(int basisPoints) => SharePercent(basisPoints / 100.0);

    public static string Milliseconds(double? milliseconds) => milliseconds switch
    {
        null => "–",
        < 10 => $"{milliseconds.Value.ToString("0.00", English)} ms",
        < 100 => $"{milliseconds.Value.ToString("0.0", English)} ms",
        _ => $"{milliseconds.Value.ToString("N0", English)} ms",
    };

    /// <summary>Bytes in the largest unit of 1,024 that keeps a whole digit.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => $"{(bytes / 1024.0).ToString("0.0", English)} KB",
        < 1024L * 1024 * 1024 => $"{(bytes / (1024.0 * 1024)).ToString("0.0", English)} MB",
        _ => $"{(bytes / (1024.0 * 1024 * 1024)).ToString("0.00", English)} GB",
    };

    /// <summary>The first eight hexadecimal digits of a digest, without its algorithm.</summary>
    public static string Short(string digest)
    {
        var hex = digest[(digest.IndexOf(':') + 1)..];
        return hex.Length <= 8 ? hex : hex[..8];
    }

    /// <summary>An enumeration's name as words: RolledBack is "Rolled back".</summary>
    public static string Words(Enum value)
    {
        var name = value.ToString();
        return name[0] + string.Concat(name.Skip(1).Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
    }

    /// <summary>"1 node", "2 nodes".</summary>
    public static string Many(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Coarse(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };
}
