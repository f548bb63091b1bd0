using System.Text.Json;
using System.Text.RegularExpressions;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.Web.Api;

/// <summary>Turns what the JSON reader says into the field and a sentence for the person who wrote the JSON.</summary>
public static partial class JsonFault
{
    public static RefusedException Refusal(JsonException fault, string place = "")
    {
        var problems = Problems(fault).Select(problem => problem with { Path = $"{place}{problem.Path}" }).ToList();
        return new(RefusalKind.Invalid, string.Join("; ", problems.Select(problem => problem.ToString())), problems);
    }

    private static IEnumerable<Problem> Problems(JsonException fault)
    {
        var path = Path(fault.Path);
        if (Missing().Match(fault.Message) is { Success: true } missing)
            return Quoted().Matches(missing.Groups[1].Value).Select(name => new Problem(Join(path, name.Groups[1].Value), "is required"));
        if (Unmapped().Match(fault.Message) is { Success: true } unmapped)
            return [new(EndsWith(path, unmapped.Groups[1].Value) ? path : Join(path, unmapped.Groups[1].Value), "is not a field known here")];
        if (Duplicate().Match(fault.Message) is { Success: true } duplicate)
            return [new(EndsWith(path, duplicate.Groups[1].Value) ? path : Join(path, duplicate.Groups[1].Value), "stands there twice")];
        if (fault.InnerException is JsonException or null && IsSyntax(fault))
            return [new("body", $"is not valid JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}")];
        return [new(path.Length == 0 ? "body" : path, Expected(fault))];
    }

    private static bool IsSyntax(JsonException fault) => !fault.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
        && !fault.Message.Contains("null", StringComparison.OrdinalIgnoreCase);

    private static string Expected(JsonException fault)
    {
        if (fault.Message.Contains("doesn't allow", StringComparison.Ordinal)) return "must not be null";
        return $"has a value of the wrong kind at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}{Wanted(fault.Message)}";
    }

    private static string Wanted(string message)
    {
        var type = Converted().Match(message).Groups[1].Value;
        return type switch
        {
            _ when type.Contains("Int32", StringComparison.Ordinal) || type.Contains("Int64", StringComparison.Ordinal) => "; a whole number is wanted",
            _ when type.Contains("Double", StringComparison.Ordinal) => "; a number is wanted",
            _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "; a time such as 2026-01-31T12:00:00Z is wanted",
            _ when type.Contains("IReadOnlyList", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) => "; an array is wanted",
            _ when type == "System.String" => "; a text is wanted",
            _ when EnumNamed(type) is { } known => $"; one of {string.Join(", ", Enum.GetNames(known).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))} is wanted",
            _ => "",
        };
    }

    private static Type? EnumNamed(string name) => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name?.StartsWith("ControlPlane", StringComparison.Ordinal) == true)
        .Select(assembly => assembly.GetType(NullableArgument().Match(name) is { Success: true } inner ? inner.Groups[1].Value : name))
        .FirstOrDefault(type => type is { IsEnum: true });

    // The reader writes $.steps[0].share_percent; people write steps[0].share_percent.
    private static string Path(string? path) => path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.TrimStart('$');

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool EndsWith(string path, string name) => path == name || path.EndsWith($".{name}", StringComparison.Ordinal);

    [GeneratedRegex("missing required properties including: (.*)$")]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("The JSON property '([^']+)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("[Dd]uplicate property '([^']+)'")]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"could not be converted to ([^ ]+?)\. Path")]
    private static partial Regex Converted();

    [GeneratedRegex(@"System\.Nullable`1\[([^\]]+)\]")]
    private static partial Regex NullableArgument();
}
