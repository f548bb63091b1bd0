namespace ControlPlane.Domain.Contracts;

/// <summary>The inputs of a contract by name, while its other parts are read.</summary>
internal sealed class KnownInputs(IReadOnlyList<InputField> inputs)
{
    private readonly Dictionary<string, InputField> _inputs = inputs.DistinctBy(input => input.Name).ToDictionary(input => input.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _categories = new(StringComparer.Ordinal);

    public InputField? Find(string name) => _inputs.GetValueOrDefault(name);

    /// <summary>Whether a category lists the text; built once per input, as many segments may ask.</summary>
    public bool Lists(InputField input, string text)
    {
        if (!_categories.TryGetValue(input.Name, out var listed)) _categories[input.Name] = listed = [.. input.Values ?? []];
        return listed.Contains(text);
    }
}
