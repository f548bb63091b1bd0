namespace ControlPlane.Architecture.Tests;

/// <summary>One type uses another: who, whom.</summary>
internal sealed record Arrow(string From, string To);

/// <summary>A floor and a room, read off a namespace such as <c>ControlPlane.Domain.Rollouts</c>; the room is empty for what stands on the floor itself.</summary>
internal sealed record Place(string Floor, string Room)
{
    public static Place? Of(string root, string typeName)
    {
        if (!typeName.StartsWith(root + ".", StringComparison.Ordinal)) return null;
        var parts = typeName[(root.Length + 1)..].Split('.');
        return parts.Length switch
        {
            1 => new Place("", ""),
            2 => new Place(parts[0], ""),
            _ => new Place(parts[0], parts[1]),
        };
    }
}
