using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>Processes die without a word; what they were doing goes on.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const string Model = "killed-and-alive";
    private readonly Product _product = new();

    public ValueTask InitializeAsync() => _product.InitializeAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Killed_web_continues_the_canary_and_killed_node_comes_back()
    {
        var releases = new Releases(_product, Model);
        await releases.CreateModel();
        var champion = await releases.UploadReady(DemoModels.Artifact("champion"), DemoModels.Contract("champion"), DemoModels.Golden("champion"));
        await releases.Release(champion);
        var challenger = await releases.UploadReady(DemoModels.Artifact("challenger"), DemoModels.Contract("challenger"), DemoModels.Golden("challenger"));
        await using var clients = new Clients(_product, Model, DemoModels.Rows("champion"), 1);

        var canary = await releases.Begin(challenger, "canary", [Releases.Step(20, 4, 20), Releases.Step(60, 4, 40)], []);
        await releases.ReachesPhase(canary, "exposing");
        await _product.KillWeb();
        await ServesWithoutWeb(clients);
        await _product.Start();
        await releases.ReachesPhase(canary, "awaiting_promotion", withinSeconds: 90);
        await HistoryTellsEachStepOnce(releases, canary);

        await NodeComesBack(0, champion, challenger);
        await releases.Act(canary, "promote", "the canary went well");
        await releases.ReachesPhase(canary, "promoted");
        Assert.Equal(challenger, (int)(await releases.Split())["champion"]!);
        Assert.Empty(clients.Failures);
    }

    private static async Task ServesWithoutWeb(Clients clients)
    {
        var answers = clients.Answers;
        await Eventually.Holds(() => Task.FromResult(clients.Answers > answers + 50), TimeSpan.FromSeconds(20), () => "The node does not serve without Web.");
    }

    private static async Task HistoryTellsEachStepOnce(Releases releases, long canary)
    {
        var history = (await releases.Rollout(canary))["history"]!.AsArray().Select(entry => entry!.ToJsonString()).ToList();
        var moves = history.Select(entry => JsonNode.Parse(entry)!).Select(entry => $"{entry["phase"]} {entry["step"]}").ToList();
        Assert.Equal(moves.Distinct().Count(), moves.Count);
    }

    private async Task NodeComesBack(int node, int champion, int challenger)
    {
        var before = _product.NodeProcessId(node);
        _product.KillNode(node);
        await Eventually.Holds(
            async () => _product.NodeProcessId(node) != before && await _product.NodeIsReady(node), TimeSpan.FromSeconds(60), () => $"The node did not come back.\n{_product.Log}");
        using var client = new HttpClient { BaseAddress = _product.Node(node) };
        foreach (var version in new[] { champion, challenger })
        {
            using var answer = await client.GetAsync($"v2/models/{Model}/versions/{version}/ready");
            Assert.True(answer.IsSuccessStatusCode, $"Version {version}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
