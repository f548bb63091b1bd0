namespace ControlPlane.Domain.Serving;

/// <summary>Which versions of a model every node of an environment must have loaded.</summary>
public static class PlacementPlan
{
    /// <summary>
    /// All that the split names, what open rollouts are about to expose, and the champion before, so that a roll-back needs no loading. Ascending, each once.
    /// </summary>
    /// <param name="split">Null for a model that was never released in the environment.</param>
    /// <param name="beingTried">Versions of open rollouts past Scheduled.</param>
    /// <param name="previousChampion">Null when there was none.</param>
    public static IReadOnlyList<int> Versions(TrafficSplit? split, IEnumerable<int> beingTried, int? previousChampion)
    {
        var versions = new SortedSet<int>(beingTried);
        if (previousChampion is { } previous) versions.Add(previous);
        if (split is not null)
        {
            versions.Add(split.Champion);
            versions.UnionWith(split.Shares.Concat(split.Mirrors).Select(share => share.Version));
        }

        return [.. versions];
    }
}
