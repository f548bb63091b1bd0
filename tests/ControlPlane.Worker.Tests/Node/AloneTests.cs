using System.Net;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Tests.Node;

/// <summary>A node whose control plane is away.</summary>
public sealed class AloneTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await FakeWeb.Start();
        foreach (var name in new[] { "linear-1", "linear-2" }) _web.Keep(Samples.Bytes(name));
        _web.Instruction = new([Samples.Placement(1), Samples.Placement(2)], [Samples.Split(3, champion: 1, new ShareOrder(2, 10_000))], []);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Restart_with_web_away_serves_the_champion_of_the_last_known_state()
    {
        await using (await StartServing())
        {
        }

        await _web.Close();
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => node.IsReady().GetAwaiter().GetResult(), "ready");
        var answer = await node.Predict(1, 2, "u1");
        Assert.Equal((HttpStatusCode.OK, "1"), (answer.Status, answer.Version));
    }

    [Fact]
    public async Task Lease_that_ends_gives_challenger_traffic_to_the_champion_until_web_is_heard_again()
    {
        _web.LeaseSeconds = 1;
        await using var node = await StartServing();
        Assert.Equal("2", (await node.Predict(1, 2, "u1")).Version);
        await _web.Close();
        await Eventually.True(() => Version(node) == "1", "the champion answers");
        await _web.Open();
        await Eventually.True(() => Version(node) == "2", "the challenger answers again");
    }

    [Fact]
    public async Task Another_control_plane_starts_from_nothing()
    {
        await using (await StartServing())
        {
        }

        _web.NodeId = Guid.NewGuid();
        _web.Instruction = new([Samples.Placement(2)], [Samples.Split(1, champion: 2)], []);
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => Version(node) == "2", "the new control plane's champion");
    }

    [Fact]
    public async Task Requests_counted_while_web_was_away_are_told_when_it_is_back()
    {
        await using var node = await StartServing();
        await _web.Close();
        for (var i = 0; i < 40; i++) await node.Predict(1, 2, $"u{i}");
        await _web.Open();
        await Eventually.True(() => Told() == 40, "40 requests told");
    }

    [Fact]
    public async Task Stop_tells_the_last_counts()
    {
        var node = await StartServing();
        for (var i = 0; i < 7; i++) await node.Predict(1, 2, $"u{i}");
        await node.DisposeAsync();
        Assert.Equal(7, Told());
    }

    private long Told() => _web.Reports
        .SelectMany(report => report.Windows)
        .GroupBy(window => (window.Version, window.Role, window.Start))
        .Sum(windows => windows.Max(window => window.Requests));

    private static string? Version(NodeUnderTest node) => node.Predict(1, 2, "u1").GetAwaiter().GetResult().Version;

    private async Task<NodeUnderTest> StartServing()
    {
        var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => _web.LastReport is { Ready: true } report && report.Generations.GetValueOrDefault(Samples.Model) == 3, "generation 3");
        return node;
    }
}
