using System.Text.Json;
using System.Text.RegularExpressions;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.Web.Api;

/// <summary>Turns what the framework says of a value in the address, of a header or of a body that it could not take into the name and a sentence.</summary>
public static partial class BindingFault
{
    public static RefusedException Refusal(BadHttpRequestException fault)
    {
        if (Unbound().Match(fault.Message) is { Success: true } unbound)
            return RefusedException.Invalid(Field(unbound.Groups["name"].Value), $"must be {Word(unbound.Groups["type"].Value)} (is \"{unbound.Groups["value"].Value}\")");
        if (fault.Message.Contains("no body was provided", StringComparison.Ordinal)) return RefusedException.Invalid("body", "is not valid JSON: it is empty");
        if (Absent().Match(fault.Message) is { Success: true } absent) return RefusedException.Invalid(Field(absent.Groups["name"].Value), "is required");
        return new(RefusalKind.Invalid, fault.Message);
    }

    private static string Field(string parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter);

    private static string Word(string type) => Bare(type) switch
    {
        "int" or "long" or "Int32" or "Int64" => "a whole number",
        "double" or "Double" => "a number",
        "bool" or "Boolean" => "true or false",
        "Guid" => "an id such as 01890a5d-ac96-774b-bcce-b302099a8057",
        "DateTimeOffset" => "a time in RFC 3339 form such as 2026-01-31T12:00:00Z",
        _ => "one of the values that the API description names",
    };

    // The framework writes Nullable<DateTimeOffset> for one kind of parameter and DateTimeOffset? for another.
    private static string Bare(string type) => type.StartsWith("Nullable<", StringComparison.Ordinal) ? type["Nullable<".Length..].TrimEnd('>') : type.TrimEnd('?');

    [GeneratedRegex("Failed to bind parameter \"(?<type>[^ ]+) (?<name>[^\"]+)\" from \"(?<value>.*)\"")]
    private static partial Regex Unbound();

    [GeneratedRegex("Required parameter \"[^ ]+ (?<name>[^\"]+)\" was not provided")]
    private static partial Regex Absent();
}
