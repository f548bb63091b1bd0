using System.Net;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Node;

/// <summary>What clients hear from a node that does not serve a released model yet.</summary>
public sealed class StartingNodeTests : IAsyncLifetime
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await FakeWeb.Start();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Node_that_was_told_nothing_yet_asks_to_try_again_and_denies_no_model()
    {
        await _web.Close();
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, OneSecond, "the node is starting: model fraud is not known here yet; try again"), await node.Refusal(Samples.Model));
        await _web.Open();
        await Eventually.True(() => node.Get<ServingTableHolder>().Current.Ready, "ready");
        Assert.Equal((HttpStatusCode.NotFound, null, "model fraud is not known here"), await node.Refusal(Samples.Model));
    }

    [Fact]
    public async Task Released_model_whose_champion_is_not_loaded_yet_asks_to_try_again()
    {
        _web.Keep(Samples.Bytes("linear-2"));
        _web.Instruction = new([Samples.Placement(1), Samples.Placement(2)], [Samples.Split(1, champion: 1)], []);
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => Loaded(node) == 1, "the other version");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, OneSecond, "the released version of model fraud is not loaded here yet; try again"), await node.Refusal(Samples.Model));
        using (var ready = await node.Http.GetAsync($"/v2/models/{Samples.Model}/ready", TestContext.Current.CancellationToken))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, OneSecond), (ready.StatusCode, ready.Headers.RetryAfter?.Delta));
        _web.Keep(Samples.Bytes("linear-1"));
        await Eventually.True(() => Loaded(node) == 2, "the champion");
        Assert.Equal("1", (await node.Predict(1, 2)).Version);
    }

    [Fact]
    public async Task Loaded_model_without_a_release_is_not_found_on_a_ready_node()
    {
        _web.Keep(Samples.Bytes("linear-1"));
        _web.Instruction = new([Samples.Placement(1)], [], []);
        await using var node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => Loaded(node) == 1, "the version");
        Assert.Equal((HttpStatusCode.NotFound, null, "model fraud has no released version; name one of 1"), await node.Refusal(Samples.Model));
    }

    private static int Loaded(NodeUnderTest node) => node.Get<ServingTableHolder>().Current.Models.GetValueOrDefault(Samples.Model)?.Versions.Count ?? 0;
}
