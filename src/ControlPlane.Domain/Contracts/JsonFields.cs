using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one JSON object strictly: what is missing, of the wrong type, too large, twice there or never asked for becomes a problem with its path.</summary>
internal sealed class JsonFields
{
    private const string NoUnicode = "holds text that is not valid Unicode";
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
            if (NameOf(field) is not { } name) Refuse("", "has a field whose name is not valid Unicode");
            else if (!_fields.TryAdd(name, field.Value)) Refuse(name, "is given twice");
        }
    }

    public bool Has(string name) => Take(name, out _);

    public string PathOf(string name) => name.Length == 0 ? _path : _path.Length == 0 ? Short(name) : $"{_path}/{Short(name)}";

    public void Refuse(string name, string sentence)
    {
        if (_problems.Count < ContractLimits.Problems) _problems.Add(new(PathOf(name), sentence));
    }

    /// <summary>The text, or empty after a problem.</summary>
    public string RequiredText(string name, int limit = ContractLimits.TextLength)
    {
        if (OptionalText(name, limit) is { } text) return text;
        if (!Has(name)) Refuse(name, "is missing");
        return "";
    }

    public string RequiredName(string name) => RequiredText(name, ContractLimits.NameLength);

    public string? OptionalName(string name) => OptionalText(name, ContractLimits.NameLength);

    public string? OptionalText(string name, int limit = ContractLimits.TextLength)
    {
        if (!Take(name, out var value) || TextOf(name, value, limit) is not { } text) return null;
        if (string.IsNullOrWhiteSpace(text)) Refuse(name, "must not be empty");
        return text;
    }

    /// <summary>The text of an element at <paramref name="name"/>, empty ones too; null after a problem.</summary>
    public string? TextOf(string name, JsonElement value, int limit = ContractLimits.TextLength)
    {
        if (value.ValueKind != JsonValueKind.String) return Wrong(name, "must be text", value);
        try
        {
            var text = value.GetString()!;
            if (text.Length <= limit) return text;
            Refuse(name, $"has {text.Length} characters; the most is {limit}");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: valid JSON by its grammar, no text that .NET can hold.
            Refuse(name, NoUnicode);
        }

        return null;
    }

    public double? OptionalNumber(string name) => Take(name, out var value) ? NumberOf(name, value) : null;

    /// <summary>The number, or 0 after a problem.</summary>
    public double RequiredNumber(string name)
    {
        if (!Has(name)) Refuse(name, "is missing");
        return OptionalNumber(name) ?? 0;
    }

    /// <summary>The finite number of an element at <paramref name="name"/>; null after a problem.</summary>
    public double? NumberOf(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number)) Wrong(name, "must be a number", value);
        else if (!double.IsFinite(number)) Wrong(name, "is beyond what double precision holds", value);
        // -0 and 0 mean the same.
        else return number == 0 ? 0 : number;
        return null;
    }

    public int OptionalInteger(string name, int otherwise, int low, int high)
    {
        if (!Take(name, out var value)) return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= low && number <= high) return number;
        Wrong(name, $"must be a whole number from {low} to {high}", value);
        return otherwise;
    }

    public bool OptionalFlag(string name, bool otherwise)
    {
        if (!Take(name, out var value)) return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(name, "must be true or false", value);
        return otherwise;
    }

    /// <summary>One of the words of <paramref name="choices"/>; <paramref name="otherwise"/> when absent or after a problem.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices, T otherwise, bool required)
    {
        if (!Has(name) && !required) return otherwise;
        var word = RequiredText(name);
        if (choices.TryGetValue(word, out var choice)) return choice;
        if (word.Trim().Length > 0) Refuse(name, $"{Short(word)} is not known; known are {string.Join(", ", choices.Keys)}");
        return otherwise;
    }

    /// <summary>The elements of an array; none after a problem or when it is absent and not required.</summary>
    public IReadOnlyList<JsonElement> List(string name, bool required, int limit = ContractLimits.ListLength)
    {
        if (!Take(name, out var value))
        {
            if (required) Refuse(name, "is missing");
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "must be a list", value);
            return [];
        }

        var length = value.GetArrayLength();
        if (length > limit) Refuse(name, $"has {length} elements; the most is {limit}");
        return [.. value.EnumerateArray().Take(limit)];
    }

    /// <summary>A list of distinct texts.</summary>
    public IReadOnlyList<string> Texts(string name, bool required, bool allowEmpty = false, int limit = ContractLimits.TextLength)
    {
        var texts = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, element) in List(name, required).Index())
        {
            if (TextOf($"{name}/{i}", element, limit) is not { } text) continue;
            if (!allowEmpty && string.IsNullOrWhiteSpace(text)) Refuse($"{name}/{i}", "must not be empty");
            else if (!seen.Add(text)) Refuse($"{name}/{i}", $"{Short(text)} is given twice");
            else texts.Add(text);
        }

        return texts;
    }

    /// <summary>A list of finite numbers.</summary>
    public IReadOnlyList<double> Numbers(string name, bool required) =>
        [.. List(name, required).Select((element, i) => NumberOf($"{name}/{i}", element)).OfType<double>()];

    /// <summary>A list of distinct finite numbers.</summary>
    public IReadOnlyList<double> DistinctNumbers(string name)
    {
        var numbers = Numbers(name, required: true);
        var seen = new HashSet<double>();
        foreach (var (i, number) in numbers.Index())
        {
            if (!seen.Add(number)) Refuse($"{name}/{i}", $"{Plain.Number(number)} is given twice");
        }

        return numbers;
    }

    public JsonElement? Object(string name) => Take(name, out var value) ? value : null;

    /// <summary>Every field there is, in the order of the document: for objects whose names are data.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Entries()
    {
        _asked.AddRange(_fields.Keys);
        return [.. _fields];
    }

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
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => Plain.Short(text);

    private static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private bool Take(string name, out JsonElement value)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private string? Wrong(string name, string sentence, JsonElement value)
    {
        Refuse(name, $"{sentence} (is {Describe(value)})");
        return null;
    }
}
