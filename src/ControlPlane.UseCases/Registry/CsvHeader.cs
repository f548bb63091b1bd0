using System.Globalization;

namespace ControlPlane.UseCases.Registry;

/// <summary>What the first line of a CSV file gives away about the file.</summary>
internal static class CsvHeader
{
    private static readonly (char Character, string Name)[] Others = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

    /// <summary>Why these names cannot be a header; null when they can.</summary>
    public static string? Refusal(IReadOnlyList<string> names, Func<string, bool> isKnown, string expected)
    {
        if (names.Any(name => name.Contains('\0', StringComparison.Ordinal))) return "looks like UTF-16 (every other byte is zero); save the file as UTF-8";
        if (names.Count > CsvTable.MaxColumns) return $"names {names.Count} columns; at most {CsvTable.MaxColumns} are read";
        if (names.Any(isKnown)) return null;
        foreach (var (character, name) in Others)
        {
            if (names.Any(cell => cell.Contains(character, StringComparison.Ordinal))) return $"looks as if its cells were separated by {name}; separate them by commas";
        }

        var reads = CsvProblems.Shorten(string.Join(", ", names));
        var hint = names.Any(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? "looks like data" : "knows none of the columns";
        return $"must name the columns; it {hint} ({reads}). Known are {expected}";
    }

    /// <summary>UTF-16 tells itself by its first two bytes.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> start) => start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
}
