namespace ControlPlane.Architecture.Tests;

/// <summary>Which room may use which, on every floor. The table is the design; a new room fails the test until it stands here.</summary>
internal static class RoomTable
{
    public static readonly IReadOnlyDictionary<string, string[]> Rooms = new Dictionary<string, string[]>
    {
        ["Contracts"] = [],
        ["Statistics"] = [],
        ["Access"] = [],
        ["Audit"] = [],
        ["Registry"] = ["Contracts"],
        ["Serving"] = ["Registry", "Contracts"],
        ["Telemetry"] = ["Serving", "Registry", "Contracts"],
        ["Rollouts"] = ["Telemetry", "Statistics", "Serving", "Registry", "Contracts"],
    };

    /// <summary>On the UseCases floor every room may use these; Database knows the tables of all rooms, Pipeline runs round every request.</summary>
    public static readonly string[] UseCaseMarkers = ["Access", "Audit", "Database", "Pipeline"];

    /// <summary>What is wrong with an arrow between two places of one floor; null when it is allowed.</summary>
    public static string? Violation(Place from, Place to)
    {
        if (from.Floor != to.Floor || from.Room == to.Room || to.Room.Length == 0 || from.Room.Length == 0) return null;
        if (from.Floor == "UseCases" && (UseCaseMarkers.Contains(to.Room) || from.Room is "Database" or "Pipeline")) return null;
        if (!Rooms.TryGetValue(from.Room, out var allowed)) return $"{from.Floor}/{from.Room} is not in the table of rooms";
        return allowed.Contains(to.Room) ? null : $"{from.Floor}/{from.Room} may not use {to.Room}";
    }
}
