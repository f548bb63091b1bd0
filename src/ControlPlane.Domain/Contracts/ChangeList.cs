using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>Collects changes, and holds the words that their sentences share.</summary>
internal sealed class ChangeList
{
    private const int MostNames = 8;

    private readonly List<ContractChange> _changes = [];

    public IReadOnlyList<ContractChange> All => _changes;

    public void Breaking(string path, object? before, object? after, string sentence) => Add(ChangeKind.Breaking, path, before, after, sentence);

    public void Additive(string path, object? before, object? after, string sentence) => Add(ChangeKind.Additive, path, before, after, sentence);

    public void Semantic(string path, object? before, object? after, string sentence) => Add(ChangeKind.Semantic, path, before, after, sentence);

    /// <summary>With values that are JSON already.</summary>
    public void AddJson(ChangeKind kind, string path, string? beforeJson, string? afterJson, string sentence) => _changes.Add(new(kind, path, beforeJson, afterJson, sentence));

    /// <summary>100,000 or 0.95; what has too many digits either way in its shortest form.</summary>
    public static string Number(double value) => Math.Abs(value) is 0 or (>= 1e-6 and < 1e15)
        ? value.ToString("#,0.############", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>a, b, c; the first few of many, and how many more.</summary>
    public static string Names(IReadOnlyCollection<string> names) => names.Count <= MostNames
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MostNames))} and {(names.Count - MostNames).ToString("#,0", CultureInfo.InvariantCulture)} more";

    /// <summary>A text in quotes, or "nothing".</summary>
    public static string Quoted(string? text) => text is null ? "nothing" : $"\"{text}\"";

    private void Add(ChangeKind kind, string path, object? before, object? after, string sentence) => AddJson(kind, path, ChangeJson.Of(before), ChangeJson.Of(after), sentence);
}
