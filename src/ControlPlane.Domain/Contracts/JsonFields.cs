using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one JSON object strictly: what is missing, of the wrong type, twice there or never asked for becomes a problem with its path.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private readonly string _path;
    private readonly List<Problem> _problems;

    public JsonFields(JsonElement element, string path, List<Problem> problems)
    {
        _path = path;
        _problems = problems;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse("", $"must be an object (is {Describe(element)})");
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value)) Refuse(field.Name, "is given twice");
        }
    }

    public bool Has(string name) => Take(name, out _);

    public string PathOf(string name) => name.Length == 0 ? _path : _path.Length == 0 ? name : $"{_path}/{name}";

    public void Refuse(string name, string sentence) => _problems.Add(new(PathOf(name), sentence));

    /// <summary>The text, or empty after a problem.</summary>
    public string RequiredText(string name)
    {
        if (OptionalText(name) is { } text) return text;
        if (!Has(name)) Refuse(name, "is missing");
        return "";
    }

    public string? OptionalText(string name)
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) return Wrong<string>(name, "must be text", value);
        var text = value.GetString()!;
        if (text.Trim().Length == 0) Refuse(name, "must not be empty");
        return text;
    }

    public double? OptionalNumber(string name)
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number == 0 ? 0 : number;
        Wrong<string>(name, "must be a number", value);
        return null;
    }

    public int OptionalInteger(string name, int otherwise, int low, int high)
    {
        if (!Take(name, out var value)) return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= low && number <= high) return number;
        Wrong<string>(name, $"must be a whole number from {low} to {high}", value);
        return otherwise;
    }

    public bool OptionalFlag(string name, bool otherwise)
    {
        if (!Take(name, out var value)) return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong<string>(name, "must be true or false", value);
        return otherwise;
    }

    /// <summary>One of the words of <paramref name="choices"/>; <paramref name="otherwise"/> when absent or after a problem.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, T otherwise, bool required)
    {
        if (!Has(name) && !required) return otherwise;
        var word = RequiredText(name);
        if (choices.TryGetValue(word, out var choice)) return choice;
        if (word.Trim().Length > 0) Refuse(name, $"{word} is not known; known are {string.Join(", ", choices.Keys)}");
        return otherwise;
    }

    /// <summary>The elements of an array; none after a problem or when it is absent and not required.</summary>
    public IReadOnlyList<JsonElement> List(string name, bool required)
    {
        if (!Take(name, out var value))
        {
            if (required) Refuse(name, "is missing");
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray()];
        Wrong<string>(name, "must be a list", value);
        return [];
    }

    /// <summary>A list of distinct, non-empty texts.</summary>
    public IReadOnlyList<string> Texts(string name, bool required)
    {
        var texts = new List<string>();
        var elements = List(name, required);
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].ValueKind != JsonValueKind.String) Wrong<string>($"{name}/{i}", "must be text", elements[i]);
            else if (texts.Contains(elements[i].GetString()!, StringComparer.Ordinal)) Refuse($"{name}/{i}", $"{elements[i].GetString()} is given twice");
            else texts.Add(elements[i].GetString()!);
        }

        return texts;
    }

    public JsonElement? Object(string name) => Take(name, out var value) ? value : null;

    /// <summary>To be called last: every field that nobody asked for is a problem.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _fields.Keys)
        {
            if (!_asked.Contains(name)) Refuse(name, $"is not known here; known are {string.Join(", ", _asked.Distinct())}");
        }
    }

    internal static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ when value.GetRawText() is { Length: <= 60 } raw => raw,
        _ => value.GetRawText()[..57] + "…",
    };

    private bool Take(string name, out JsonElement value)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private T? Wrong<T>(string name, string sentence, JsonElement value) where T : class
    {
        Refuse(name, $"{sentence} (is {Describe(value)})");
        return null;
    }
}
