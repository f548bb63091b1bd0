using System.Globalization;
using ControlPlane.Web.Live;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Components.Layout;

/// <summary>A place to jump to.</summary>
public sealed record JumpTarget(string Name, string Kind, string Address);

/// <summary>Finds places by what a person types: "fraud", "fraud v3", "57", "node-1".</summary>
public static class JumpTargets
{
    private const int Most = 8;

    /// <summary>The best places for the text, at most eight; none for an empty text.</summary>
    public static IReadOnlyList<JumpTarget> Find(LiveSnapshot live, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return [];
        return [.. Versions(live, words).Concat(Models(live, words)).Concat(Rollouts(live, words)).Concat(Nodes(live, words)).Take(Most)];
    }

    private static IEnumerable<JumpTarget> Models(LiveSnapshot live, string[] words) => live.Models
        .Where(model => words.All(word => Has(model.Name, word)))
        .OrderBy(model => !model.Name.StartsWith(words[0], StringComparison.OrdinalIgnoreCase)).ThenBy(model => model.Name, StringComparer.Ordinal)
        .Select(model => new JumpTarget(model.Name, "model", $"/models/{model.Name}"));

    private static IEnumerable<JumpTarget> Versions(LiveSnapshot live, string[] words) =>
        words.Length > 1 && int.TryParse(words[^1].TrimStart('v', 'V'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? live.Models.Where(model => words[..^1].All(word => Has(model.Name, word)) && version >= 1 && version <= model.LatestVersion)
                .Select(model => new JumpTarget($"{model.Name} v{version}", "version", $"/models/{model.Name}/versions/{version}"))
            : [];

    private static IEnumerable<JumpTarget> Rollouts(LiveSnapshot live, string[] words) => live.OpenRollouts.Concat(live.RecentRollouts).DistinctBy(rollout => rollout.Id)
        .Where(rollout => words.All(word => Has($"#{rollout.Id} {rollout.Model} v{rollout.Version} rollout", word)))
        .Select(rollout => new JumpTarget($"{rollout.Model} → v{rollout.Version}", $"rollout {rollout.Id}, {Phrases.Words(rollout.Phase).ToLowerInvariant()}", $"/rollouts/{rollout.Id}"));

    private static IEnumerable<JumpTarget> Nodes(LiveSnapshot live, string[] words) => live.Nodes
        .Where(node => words.All(word => Has(node.Name, word)))
        .Select(node => new JumpTarget(node.Name, "node", $"/fleet#{node.Name}"));

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
