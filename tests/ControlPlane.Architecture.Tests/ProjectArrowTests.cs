using System.Xml.Linq;

namespace ControlPlane.Architecture.Tests;

public sealed class ProjectArrowTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["ControlPlane.Domain"] = [],
        ["ControlPlane.NodeProtocol"] = [],
        ["ControlPlane.OnnxRuntime"] = [],
        ["ControlPlane.Demo"] = [],
        ["ControlPlane.UseCases"] = ["ControlPlane.Domain", "ControlPlane.NodeProtocol"],
        ["ControlPlane.Sqlite"] = ["ControlPlane.UseCases"],
        ["ControlPlane.SqlServer"] = ["ControlPlane.UseCases"],
        ["ControlPlane.PostgreSql"] = ["ControlPlane.UseCases"],
        ["ControlPlane.Worker"] = ["ControlPlane.Domain", "ControlPlane.NodeProtocol", "ControlPlane.OnnxRuntime"],
        ["ControlPlane.Web"] =
        [
            "ControlPlane.Domain", "ControlPlane.NodeProtocol", "ControlPlane.UseCases", "ControlPlane.Sqlite", "ControlPlane.SqlServer", "ControlPlane.PostgreSql",
        ],
    };

    [Fact]
    public void Arrows_between_projects_follow_the_table()
    {
        var violations = from path in Repository.Files("src", ".csproj").Concat(Repository.Files("db", ".csproj"))
                         let name = Path.GetFileNameWithoutExtension(path)
                         where !Repository.Relative(path).StartsWith("src/Shims/", StringComparison.Ordinal)
                         from used in Violations(name, XDocument.Load(path))
                         select $"{name} → {used}";
        Assert.Empty(violations);
    }

    [Fact]
    public void Planted_project_reference_is_found()
    {
        var planted = XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="../ControlPlane.Web/ControlPlane.Web.csproj" /></ItemGroup></Project>""");
        Assert.Equal(["ControlPlane.Web"], Violations("ControlPlane.Domain", planted));
    }

    [Fact]
    public void Unsafe_code_stands_in_the_bindings_alone()
    {
        var projects = Repository.Files("src", ".csproj").Where(path => File.ReadAllText(path).Contains("<AllowUnsafeBlocks>true")).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(["ControlPlane.OnnxRuntime"], projects);
    }

    /// <summary>A reference without output (Web builds the node and the demonstration to start them) is build order, no arrow.</summary>
    private static IEnumerable<string> Violations(string project, XDocument file) => file.Descendants("ProjectReference")
        .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
        .Select(reference => ((string?)reference.Attribute("Include"))!.Replace('\\', '/'))
        .Where(include => !include.Contains("/Shims/"))
        .Select(include => Path.GetFileNameWithoutExtension(include))
        .Except(Allowed.GetValueOrDefault(project) ?? []);
}
