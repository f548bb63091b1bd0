using System.Text.RegularExpressions;

namespace ControlPlane.Architecture.Tests;

public sealed partial class RoomArrowTests
{
    private static readonly string[] Floors = ["Domain", "UseCases"];

    [Fact]
    public void Arrows_between_rooms_follow_the_table()
    {
        var violations = Floors.SelectMany(floor => Violations(AssemblyArrows.Read(AssemblyOf(floor)), "ControlPlane")).ToList();
        Assert.Empty(violations);
    }

    [Fact]
    public void Every_room_has_a_name_of_the_table()
    {
        var rooms = Floors.SelectMany(floor => Directory.GetDirectories(Path.Combine(Repository.Root, "src", $"ControlPlane.{floor}")))
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj" or "Database" or "Pipeline"))
            .Distinct();
        Assert.Empty(rooms.Except(RoomTable.Rooms.Keys));
    }

    [Fact]
    public void Source_text_names_no_forbidden_room()
    {
        var violations = from floor in Floors
                         from path in Repository.Files($"src/ControlPlane.{floor}", ".cs")
                         let home = new Place(floor, Repository.Relative(path).Split('/') is { Length: > 3 } parts ? parts[2] : "")
                         from Match match in NamedRoom().Matches(File.ReadAllText(path))
                         let violation = RoomTable.Violation(home, new Place(match.Groups["floor"].Value, match.Groups["room"].Value))
                         where violation is not null
                         select $"{Repository.Relative(path)}: {violation}";
        Assert.Empty(violations);
    }

    [Fact]
    public void Planted_violations_are_found()
    {
        var found = Violations(AssemblyArrows.Read(typeof(RoomArrowTests).Assembly.Location), "Planted").ToList();
        Assert.Contains(found, violation => violation.Contains("FieldOfForbiddenRoom"));
        Assert.Contains(found, violation => violation.Contains("CallIntoForbiddenRoom"));
        Assert.Contains(found, violation => violation.Contains("GenericOverForbiddenRoom"));
        Assert.Contains(found, violation => violation.Contains("Attic is not in the table"));
    }

    private static IEnumerable<string> Violations(IEnumerable<Arrow> arrows, string root) =>
        from arrow in arrows
        let source = Place.Of(root, arrow.From)
        let target = Place.Of(root, arrow.To)
        where source is not null && target is not null
        let violation = RoomTable.Violation(source, target)
        where violation is not null
        select $"{arrow.From} → {arrow.To}: {violation}";

    private static string AssemblyOf(string floor) => Path.Combine(AppContext.BaseDirectory, $"ControlPlane.{floor}.dll");

    [GeneratedRegex(@"ControlPlane\.(?<floor>Domain|UseCases)\.(?<room>[A-Z]\w+)")]
    private static partial Regex NamedRoom();
}
