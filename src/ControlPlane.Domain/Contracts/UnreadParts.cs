namespace ControlPlane.Domain.Contracts;

/// <summary>Which parts of a contract could not be read, so that rules between parts are not asked over what stands there instead.</summary>
internal sealed class UnreadParts
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nameless = new(StringComparer.Ordinal);

    public UnreadParts(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            var parts = problem.Path.Split('/', 4);
            _paths.Add(parts[0]);
            if (parts.Length > 1) _paths.Add($"{parts[0]}/{parts[1]}");
            if (parts is [_] or [_, _] or [_, _, "name"]) _nameless.Add(parts[0]);
        }
    }

    /// <summary>Whether anything at or below the path has a problem: <c>policy</c>, <c>inputs/3</c>.</summary>
    public bool Holds(string path) => _paths.Contains(path);

    /// <summary>Whether the names of a list's elements are all known, whatever else is wrong with them.</summary>
    public bool AreNamed(string list) => !_nameless.Contains(list);
}
