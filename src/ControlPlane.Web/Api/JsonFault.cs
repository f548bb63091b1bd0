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
        if (fault is NullElementException absent) return [new($"{Position().Replace(path, "")}[{absent.Index}]", "must not be null")];
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
        return $"has a value of the wrong kind at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}{Wanted(fault)}";
    }

    private static string Wanted(JsonException fault) => TypeAt(fault) switch
    {
        null => "",
        { IsEnum: true } words => $"; one of {string.Join(", ", Enum.GetNames(words).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))} is wanted",
        var type when type == typeof(int) || type == typeof(long) => "; a whole number is wanted",
        var type when type == typeof(double) => "; a number is wanted",
        var type when type == typeof(bool) => "; true or false is wanted",
        var type when type == typeof(string) => "; a text is wanted",
        var type when type == typeof(Guid) => "; an id is wanted",
        var type when type == typeof(DateTimeOffset) => "; a time in RFC 3339 form such as 2026-01-31T12:00:00Z is wanted",
        var type when type.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "; an array is wanted",
        _ => "; an object is wanted",
    };

    // For a record's constructor parameter the reader names the record and not the parameter, whose type is looked up by the last word of the path.
    private static Type? TypeAt(JsonException fault)
    {
        var name = Converted().Match(fault.Message).Groups[1].Value;
        var named = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name?.StartsWith("ControlPlane", StringComparison.Ordinal) == true)
            .Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null) ?? Type.GetType(name);
        var last = Path(fault.Path).Split('.')[^1];
        var property = named?.GetProperties().FirstOrDefault(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name) == last);
        var type = property?.PropertyType ?? named;
        return type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
    }

    // The reader writes $.steps[0].share_percent; people write steps[0].share_percent.
    private static string Path(string? path) => path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.TrimStart('$');

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool EndsWith(string path, string name) => path == name || path.EndsWith($".{name}", StringComparison.Ordinal);

    [GeneratedRegex("missing required properties including: (.*)$")]
    private static partial Regex Missing();

    // The reader may or may not have counted the element after the last one.
    [GeneratedRegex(@"\[\d+\]$")]
    private static partial Regex Position();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("The JSON property '([^']+)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("[Dd]uplicate property '([^']+)'")]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"could not be converted to ([^ ]+?)\. Path")]
    private static partial Regex Converted();
}
