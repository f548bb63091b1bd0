using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Tests.Node;

namespace ControlPlane.Worker.Tests.Telemetry;

/// <summary>Copies of real requests through a shadow version, as the control plane hears of them.</summary>
public sealed class MirrorTests
{
    [Fact]
    public async Task Mirrored_requests_are_compared_with_the_answers_that_were_sent()
    {
        using var directory = new TemporaryDirectory();
        await using var web = await FakeWeb.Start();
        foreach (var name in new[] { "linear-1", "linear-2" }) web.Keep(Samples.Bytes(name));
        var split = Samples.Split(1, champion: 1) with { Mirrors = [new ShareOrder(2, 10_000)] };
        web.Instruction = new([Samples.Placement(1), Samples.Placement(2)], [split], []);
        await using var node = await NodeUnderTest.Start(web, directory.Path);
        await Eventually.True(() => web.LastReport?.Generations.GetValueOrDefault(Samples.Model) == 1, "generation 1");

        var rows = Enumerable.Range(0, 50).Select(i => (A: (i - 25) / 10.0, B: 1.0)).ToList();
        foreach (var (a, b) in rows) Assert.Equal("1", (await node.Predict(a, b)).Version);
        await Eventually.True(() => Mirrors().Sum(window => window.MirrorCompared) == rows.Count, "every copy compared");

        var flips = rows.Count(row => Samples.Score(1, row.A, row.B) >= 0.5 != Samples.Score(2, row.A, row.B) >= 0.5);
        Assert.True(flips > 0);
        Assert.Equal(flips, Mirrors().Sum(window => window.MirrorFlips));
        Assert.Equal(rows.Sum(row => Samples.Score(2, row.A, row.B) - Samples.Score(1, row.A, row.B)), Mirrors().Sum(window => window.MirrorSumDifference), 1e-4);
        Assert.All(Mirrors(), window => Assert.Equal(2, window.Version));

        IEnumerable<WindowReport> Mirrors() => web.Reports
            .SelectMany(report => report.Windows)
            .Where(window => window.Role == "mirror")
            .GroupBy(window => window.Start)
            .Select(windows => windows.MaxBy(window => window.Requests)!);
    }
}
