using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Serving;

public sealed class ReportNodeTests
{
    public static TheoryData<string, NodeReport> Holes { get; } = new()
    {
        { "placements", Nodes.Report() with { Placements = null! } },
        { "placements", Nodes.Report() with { Placements = [null!] } },
        { "generations", Nodes.Report() with { Generations = null! } },
        { "windows", Nodes.Report() with { Windows = [null!] } },
        { "checks", Nodes.Report() with { Checks = null! } },
    };

    [Theory]
    [MemberData(nameof(Holes), DisableDiscoveryEnumeration = true)]
    public async Task Report_with_a_hole_names_the_list(string list, NodeReport report)
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var node = await Nodes.Enlist(house, "node-1");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Nodes.Send(house, node, report));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Contains(refusal.Problems, problem => problem.Path == list);
    }
}
