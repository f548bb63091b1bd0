using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ControlPlane.Worker.Node;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Node;

public sealed class NodeLifeTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await FakeWeb.Start();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Node_enlists_with_what_it_is_and_reports()
    {
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => _web.Reports.Count >= 2, "two reports");
        var enlisted = Assert.Single(_web.Enlistments);
        Assert.Equal(("n1", "production", "http://127.0.0.1:9", "1.30.0"), (enlisted.Name, enlisted.Environment, enlisted.Address, enlisted.RuntimeVersion));
        Assert.All(_web.Reports, report => Assert.Equal(enlisted.Incarnation, report.Incarnation));
        Assert.True(_web.LastReport!.Ready);
        Assert.True(_web.LastReport.ResidentBytes > 10_000_000);
    }

    [Fact]
    public async Task Node_that_is_forgotten_enlists_again()
    {
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => !_web.Reports.IsEmpty, "a report");
        _web.ForgetNode();
        await Eventually.True(() => _web.Enlistments.Count == 2, "a second enlistment");
        var reports = _web.Reports.Count;
        await Eventually.True(() => _web.Reports.Count > reports, "a report with the new key");
    }

    [Fact]
    public async Task Web_that_is_away_at_the_start_is_found_when_it_comes()
    {
        await _web.Close();
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        Assert.False(node.Get<ServingTableHolder>().Current.Ready);
        await _web.Open();
        await Eventually.True(() => !_web.Reports.IsEmpty, "a report");
        Assert.True(node.Get<ServingTableHolder>().Current.Ready);
    }

    [Fact]
    public async Task Greeting_tells_the_name()
    {
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        var greeting = await node.Http.GetFromJsonAsync<JsonElement>("/", TestContext.Current.CancellationToken);
        Assert.Equal("n1", greeting.GetProperty("name").GetString());
        Assert.Equal("production", greeting.GetProperty("environment").GetString());
        Assert.True(greeting.TryGetProperty("ready", out _));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Push_with_another_key_is_refused_and_changes_nothing(string key)
    {
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => !_web.Reports.IsEmpty, "a report");
        using var response = await _web.PushAs(node.Address, new([], [Samples.Split(1, champion: 1)], []), key);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(node.Get<ServingTableHolder>().Current.Models);
    }

    [Fact]
    public async Task Push_that_is_no_instruction_is_refused_by_name()
    {
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => !_web.Reports.IsEmpty, "a report");
        using var response = await _web.PushAs(node.Address, new(null!, [], []), _web.NodeKey);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("placements", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Key_and_state_are_readable_by_the_owner_alone()
    {
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => !_web.Reports.IsEmpty, "a report");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory.Path, "identity.json")));
        Assert.Equal(_web.NodeKey, new NodeDirectory(NodeSettingsOf(node), Microsoft.Extensions.Logging.Abstractions.NullLogger<NodeDirectory>.Instance).ReadIdentity()!.NodeKey);
    }

    private static NodeSettings NodeSettingsOf(NodeUnderTest node) => node.Get<NodeSettings>();
}
