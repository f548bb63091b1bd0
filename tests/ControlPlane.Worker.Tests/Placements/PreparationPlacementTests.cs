using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Tests.Node;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Placements;

/// <summary>The graph of an onnx step is fetched by its digest like an artifact, for placements and checks, and kept as long as they are.</summary>
public sealed class PreparationPlacementTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;
    private NodeUnderTest _node = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await FakeWeb.Start();
        _node = await NodeUnderTest.Start(_web, _directory.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Placement_fetches_the_graph()
    {
        var (model, graph) = (_web.Keep(Bytes("dense")), _web.Keep(Bytes("before")));
        _web.Instruction = new([new("m", 1, $"sha256:{1:D64}", model, 1, Contract(graph), null)], [], []);
        await Eventually.True(() => _web.LastReport?.Placements is [{ State: PlacementState.Ready }], "the placement");

        var kept = Directory.GetFiles(Path.Combine(_directory.Path, "artifacts")).Select(path => "sha256:" + Path.GetFileName(path));

        Assert.Equal(new[] { model, graph }.Order(), kept.Order());
    }

    [Fact]
    public async Task Check_runs_with_the_graph_and_names_one_that_does_not_fit()
    {
        var model = _web.Keep(Bytes("dense"));

        var good = await Check(model, _web.Keep(Bytes("before")));
        var bad = await Check(model, _web.Keep(Bytes("log")));

        Assert.Equal("passed", good.Outcome);
        Assert.Contains("The preprocessing graph: Runs in the serving process", good.Sentence);
        Assert.Equal("failed", bad.Outcome);
        Assert.Contains("preprocessing/0/artifact: the model's input x (FP32 [-1, 3]) is made by no output", bad.Sentence);
    }

    private async Task<CheckResultReport> Check(string model, string graph)
    {
        var order = new CheckOrder(Guid.NewGuid(), "m", 1, model, 1, Contract(graph), null);
        _web.Instruction = new([], [], [order]);
        await Eventually.True(() => _web.LastReport?.Checks.Any(report => report.CheckId == order.CheckId) == true, "the check");
        return _web.LastReport!.Checks.Single(report => report.CheckId == order.CheckId).Results.Single(result => result.Name == "loads");
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(ServingHost.ModelPath(name));

    private static string Contract(string graph) => $$"""
        {"inputs": [{"name": "a", "type": "number"}, {"name": "b", "type": "number", "required": false}, {"name": "c", "type": "number"}],
         "preprocessing": [{"op": "onnx", "artifact": "{{graph}}"}], "outputs": [{"name": "y", "tensor": "y", "type": "number"}]}
        """;
}
