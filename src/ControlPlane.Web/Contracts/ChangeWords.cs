using System.Text.Encodings.Web;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Contracts;

/// <summary>Differences of contracts as people read them.</summary>
public static class ChangeWords
{
    private const int MostCharacters = 4000;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (string Tone, string Text) Look(ChangeKind kind) => kind switch
    {
        ChangeKind.Breaking => ("fail", "✕ Breaking"),
        ChangeKind.Semantic => ("hold", "~ Semantic"),
        ChangeKind.Additive => ("pass", "+ Additive"),
    };

    /// <summary>What a kind of change means for those who use the older version.</summary>
    public static string Meaning(ChangeKind kind) => kind switch
    {
        ChangeKind.Breaking => "something that worked stops working",
        ChangeKind.Semantic => "the same form, another meaning",
        ChangeKind.Additive => "all that worked still works",
    };

    /// <summary>"1 breaking, 2 semantic, 3 additive"; kinds without a change are left out.</summary>
    public static string Summary(IEnumerable<ChangeKind> kinds)
    {
        var counts = kinds.CountBy(kind => kind).OrderBy(pair => Rank(pair.Key)).Select(pair => $"{Phrases.Count(pair.Value)} {pair.Key.ToString().ToLowerInvariant()}").ToList();
        return counts.Count == 0 ? "nothing" : string.Join(", ", counts);
    }

    /// <summary>By kind, the worst first; within a kind as they came.</summary>
    public static IReadOnlyList<IGrouping<ChangeKind, ChangeView>> Groups(IEnumerable<ChangeView> changes) => [.. changes.GroupBy(change => change.Kind).OrderBy(group => Rank(group.Key))];

    /// <summary>What a difference between two contracts concerns nobody in particular.</summary>
    public static ChangeView Unaddressed(ContractChange change) => new(change.Kind, change.Path, change.BeforeJson, change.AfterJson, change.Sentence, []);

    /// <summary>A JSON value for reading: a plain one as it is, others laid out over lines; null is "–", what is very long is cut.</summary>
    public static string Value(string? json)
    {
        if (json is null) return "–";
        var text = json;
        try
        {
            using var document = JsonDocument.Parse(json);
            var isPlain = document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || json.Length <= 40;
            text = isPlain ? json : JsonSerializer.Serialize(document.RootElement, Readable);
        }
        catch (JsonException)
        {
            // Shown as it came.
        }

        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    /// <summary>Whether both values fit on a line beside each other.</summary>
    public static bool IsShort(ChangeView change) => change is { BeforeJson: { Length: <= 40 }, AfterJson: { Length: <= 40 } };

    public static string Mode(CompatibilityMode mode) => mode switch
    {
        CompatibilityMode.None => "none",
        CompatibilityMode.Backward => "backward",
        CompatibilityMode.Full => "full",
    };

    /// <summary>What a mode asks of a new version.</summary>
    public static string Rule(CompatibilityMode mode) => mode switch
    {
        CompatibilityMode.None => "Changes are shown and block nothing.",
        CompatibilityMode.Backward => "A breaking change must be named by whoever proposes the version and acknowledged by each consumer that it hits.",
        CompatibilityMode.Full => "As backward, and a roll-back must break nobody either.",
    };

    /// <summary>Whether the version may go out as far as its changes are concerned.</summary>
    public static (string Tone, string Sentence) Standing(ComparisonView comparison)
    {
        if (comparison.BlockedBy.Count > 0) return ("fail", $"✕ A rollout waits for {Phrases.Many(comparison.BlockedBy.Count, "consumer")} to acknowledge");
        if (comparison.MustName.Count > 0) return ("hold", $"~ Whoever proposes it must accept {Phrases.Many(comparison.MustName.Count, "breaking change")}");
        return ("pass", "✓ Its changes block nothing");
    }

    private static int Rank(ChangeKind kind) => kind switch { ChangeKind.Breaking => 0, ChangeKind.Semantic => 1, ChangeKind.Additive => 2 };
}
