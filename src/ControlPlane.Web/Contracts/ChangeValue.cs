using System.Text.Json;

namespace ControlPlane.Web.Contracts;

/// <summary>A piece of a value; marked when the other side has it otherwise or not at all.</summary>
public sealed record ValuePart(string Text, bool IsMarked);

/// <summary>A value of a contract as people read it, with what differs from the other side marked.</summary>
/// <param name="IsLaidOut">Whether each part wants a line of its own.</param>
public sealed record ChangeValue(IReadOnlyList<ValuePart> Parts, bool IsLaidOut)
{
    private const int MostParts = 40;

    /// <summary>Bands as "block ≥ 0.3", lists as their items, settings as "name: value", plain values as they are; null is "–".</summary>
    public static ChangeValue Of(string? json, string? other)
    {
        if (json is null) return new([new("–", false)], false);
        if (Read(json) is not { } value) return new([new(json, false)], false);
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) return new([new(Text(value), false)], false);
        var there = other is not null && Read(other) is { } counterpart && counterpart.ValueKind == value.ValueKind ? Items(counterpart).ToHashSet(StringComparer.Ordinal) : null;
        List<ValuePart> parts = [.. Items(value).Select(item => new ValuePart(item, there?.Contains(item) == false))];
        var isLaidOut = value.ValueKind == JsonValueKind.Object || value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && !IsBand(item));
        return new(parts.Count == 0 ? [new("none", false)] : Shown(parts), isLaidOut);
    }

    // Of a long list the differences are what matters.
    private static IReadOnlyList<ValuePart> Shown(List<ValuePart> parts)
    {
        if (parts.Count <= MostParts) return parts;
        var shown = parts.Where(part => part.IsMarked).Concat(parts.Where(part => !part.IsMarked)).Take(MostParts).ToList();
        return [.. shown, new($"and {parts.Count - shown.Count} more", false)];
    }

    private static IEnumerable<string> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(Text)
        : value.EnumerateObject().Select(property => $"{property.Name}: {Text(property.Value)}");

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object when IsBand(value) => $"{Text(value.GetProperty("decision"))} ≥ {Text(value.GetProperty("at_least"))}",
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name} {Text(property.Value)}")),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Text))}]",
        _ => value.GetRawText(),
    };

    private static bool IsBand(JsonElement value) =>
        value.EnumerateObject().Count() == 2 && value.TryGetProperty("at_least", out _) && value.TryGetProperty("decision", out _);

    private static JsonElement? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException)
        {
            // Shown as it came.
            return null;
        }
    }
}
