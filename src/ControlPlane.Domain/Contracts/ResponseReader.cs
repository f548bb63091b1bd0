using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads the form of the answer and how the previous one is made.</summary>
internal static class ResponseReader
{
    private const int LongestPart = 9;

    public static ResponseForm Read(JsonElement? element, List<Problem> problems)
    {
        if (element is null) return new();
        var fields = new JsonFields(element.Value, "response", problems);
        var version = ReadVersion(fields, fields.OptionalName("version") ?? "1.0");
        var previous = fields.Object("previous") is { } past ? ReadPrevious(past, version, problems) : null;
        fields.RefuseOthers();
        return new(version, previous);
    }

    /// <summary>The version; 1.0 after a problem, so that what reads its major may go on.</summary>
    private static string ReadVersion(JsonFields fields, string version)
    {
        if (IsVersion(version)) return version;
        fields.Refuse("version", $"must be major.minor, as in 1.0 (is {Plain.Short(version)})");
        return "1.0";
    }

    private static bool IsVersion(string version) => version.Split('.') is [var major, var minor] && IsPart(major) && IsPart(minor);

    private static bool IsPart(string part) => part.Length is > 0 and <= LongestPart && part.All(char.IsAsciiDigit) && (part == "0" || part[0] != '0');

    private static PreviousResponse ReadPrevious(JsonElement element, string present, List<Problem> problems)
    {
        var fields = new JsonFields(element, "response/previous", problems);
        var version = fields.RequiredName("version");
        if (version.Length > 0 && ReadVersion(fields, version) == version && ResponseForm.MajorOf(version) != ResponseForm.MajorOf(present) - 1)
            fields.Refuse("version", $"must have the major version just below {present} (is {version})");
        var renderings = fields.List("fields", required: true, ContractLimits.Outputs).Select((field, i) => ReadField(field, $"response/previous/fields/{i}", problems)).ToList();
        if (renderings.Count == 0 && fields.Object("fields") is { ValueKind: JsonValueKind.Array }) fields.Refuse("fields", "must hold at least one field");
        fields.RefuseOthers();
        return new(version, renderings);
    }

    private static PreviousField ReadField(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var name = fields.RequiredName("name");
        if (name == "prediction_id") fields.Refuse("name", "prediction_id is a field of every answer; choose another name");
        var field = new PreviousField(
            name, fields.RequiredName("from"), fields.OptionalNumber("multiply") ?? 1, fields.OptionalNumber("add") ?? 0,
            fields.Object("values") is { } values ? ReadValues(values, $"{path}/values", problems) : null);
        if (field.Multiply == 0) fields.Refuse("multiply", "must not be 0: nothing of the value would be left");
        fields.RefuseOthers();
        return field;
    }

    private static SortedDictionary<string, string> ReadValues(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (present, past) in fields.Entries())
        {
            if (fields.TextOf(present, past) is { } text) values[present] = text;
        }

        if (element.ValueKind == JsonValueKind.Object && values.Count == 0 && fields.Entries().Count == 0) fields.Refuse("", "must rename at least one text");
        return values;
    }
}
