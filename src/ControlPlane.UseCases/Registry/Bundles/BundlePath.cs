using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>Names of a bundle's entries. None is ever used as a path of this machine; those that try to be one are refused all the same.</summary>
internal static class BundlePath
{
    private const int MaxProblems = 20;

    /// <summary>What is wrong with one name; null when nothing is.</summary>
    public static string? Fault(string path)
    {
        if (path.Length is 0 or > BundleLimits.MaximumPathCharacters) return $"its name must have 1 to {BundleLimits.MaximumPathCharacters} characters";
        if (path.Any(char.IsControl)) return "its name holds a control character";
        if (path.Contains('\\', StringComparison.Ordinal)) return "its name holds a backslash; folders are divided by /";
        if (path[0] == '/') return "its name is absolute; names within a bundle are relative";
        if (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])) return "its name begins with a drive letter; names within a bundle are relative";
        var parts = path.Split('/');
        if (parts.Contains("..")) return "its name leads outside the bundle";
        return parts.Contains("") || parts.Contains(".") ? "its name has an empty part" : null;
    }

    /// <exception cref="RefusedException">Invalid, with every wrong name (the first twenty).</exception>
    public static void Check(IEnumerable<(string Path, string? Fault)> entries)
    {
        var problems = new List<Problem>();
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, fault) in entries)
        {
            if ((Fault(path) ?? fault) is { } sentence) problems.Add(new(PathOf(path), sentence));
            else if (!seen.TryAdd(path, path)) problems.Add(new(PathOf(path), seen[path] == path ? "stands there twice" : $"differs from {seen[path]} in upper and lower case alone"));
            if (problems.Count == MaxProblems) break;
        }

        if (problems.Count > 0) throw new RefusedException(RefusalKind.Invalid, string.Join("; ", problems), problems);
    }

    /// <summary>How an entry is named in a refusal.</summary>
    public static string PathOf(string path)
    {
        var shown = string.Concat(path.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter));
        return $"bundle/{shown}{(path.Length > 200 ? "…" : "")}";
    }
}
