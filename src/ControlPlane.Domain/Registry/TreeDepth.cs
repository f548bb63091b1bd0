namespace ControlPlane.Domain.Registry;

/// <summary>
/// Tells whether a tree ensemble is so deep that a runtime which walks it by recursion runs out of stack (seen with 100,000 levels).
/// </summary>
internal static class TreeDepth
{
    /// <summary>Nodes of one ensemble whose depth is worked out; a larger one is only read up to here and doubted.</summary>
    public const int MaxNodes = 20_000_000;

    /// <summary>Levels that every runtime walks with ease; trees that learn from data stay far below.</summary>
    public const int MaxLevels = 1_000;

    public static bool Reads(string attribute) => attribute is "nodes_treeids" or "nodes_nodeids" or "nodes_truenodeids" or "nodes_falsenodeids";

    /// <summary>What is doubtful about the ensemble; null when it is shallow.</summary>
    public static string? Doubt(IReadOnlyDictionary<string, List<long>> lists)
    {
        if (!lists.TryGetValue("nodes_treeids", out var trees) || !lists.TryGetValue("nodes_nodeids", out var nodes)
            || !lists.TryGetValue("nodes_truenodeids", out var whenTrue) || !lists.TryGetValue("nodes_falsenodeids", out var whenFalse))
            return "does not list its nodes";
        if (nodes.Count != trees.Count || whenTrue.Count != trees.Count || whenFalse.Count != trees.Count) return "lists its nodes unevenly";
        // A tree is never deeper than it has nodes, which spares most ensembles the walk.
        if (trees.CountBy(tree => tree).All(tree => tree.Value <= MaxLevels)) return null;
        return IsShallow(trees, nodes, whenTrue, whenFalse) ? null : $"has a tree of more than {MaxLevels} levels, or one that leads back into itself";
    }

    private static bool IsShallow(List<long> trees, List<long> nodes, List<long> whenTrue, List<long> whenFalse)
    {
        var places = new Dictionary<(long Tree, long Node), int>(trees.Count);
        for (var i = 0; i < trees.Count; i++) places[(trees[i], nodes[i])] = i;
        var isChild = new bool[trees.Count];
        var level = new List<int>();
        for (var i = 0; i < trees.Count; i++)
        {
            foreach (var child in Children(i)) isChild[child] = true;
        }

        for (var i = 0; i < trees.Count; i++)
        {
            if (!isChild[i]) level.Add(i);
        }

        // Level by level from all roots: shared nodes or cycles show as more visits than there are nodes.
        var visits = level.Count;
        for (var depth = 0; level.Count > 0; depth++)
        {
            level = [.. level.SelectMany(Children)];
            visits += level.Count;
            if (depth > MaxLevels || visits > trees.Count) return false;
        }

        return visits == trees.Count;

        IEnumerable<int> Children(int i)
        {
            if (whenTrue[i] != nodes[i] && places.TryGetValue((trees[i], whenTrue[i]), out var left) && left != i && whenTrue[i] != whenFalse[i]) yield return left;
            if (whenFalse[i] != nodes[i] && places.TryGetValue((trees[i], whenFalse[i]), out var right) && right != i && whenTrue[i] != whenFalse[i]) yield return right;
        }
    }
}
