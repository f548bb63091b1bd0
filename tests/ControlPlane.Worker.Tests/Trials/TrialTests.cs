using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Telemetry;
using ControlPlane.Worker.Tests.Node;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Trials;

/// <summary>Trials asked of a whole node: in the process that serves, and in real throwaway children.</summary>
public sealed class TrialTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;
    private NodeUnderTest _node = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await FakeWeb.Start();
        _node = await NodeUnderTest.Start(_web, _directory.Path);
        await Eventually.True(() => _web.NodeKey != "none", "the node is enlisted");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Row_in_a_child_shows_every_stage()
    {
        var answer = await Try(Order(SkewSamples.Contract(), """{"a": 4.3, "b": 2}"""));

        var row = answer.Row!;
        Assert.False(answer.Loaded);
        Assert.Null(row.FailedStage);
        Assert.Empty(row.Problems);
        Assert.True(row.Stages.Payload.Accepted);
        Assert.Equal(1.0, row.Stages.Preprocessing!.Columns["a"].GetDouble(), 1e-9);
        Assert.Equal(2, row.Stages.Preprocessing.Columns["b"].GetDouble());
        var features = row.Stages.Preprocessing.Tensors["features"];
        Assert.Equal(("FP32", "1,2", "1,2"), (features.Datatype, string.Join(',', features.Shape), string.Join(',', features.Values)));
        var raw = Samples.Score(1, 1, 2);
        Assert.Equal(raw, row.Stages.Model!.Tensors["score"].Values[0].GetDouble(), 1e-6);
        Assert.Equal(0.9 * raw, row.Stages.Postprocessing!.Outputs["score"].GetDouble(), 1e-6);
        Assert.Equal("block", row.Stages.Postprocessing.Decision);
        Assert.Equal("block", row.Prediction!.Value.GetProperty("predictions")[0].GetProperty("decision").GetString());
        Assert.Equal(["model", "payload", "postprocessing", "preprocessing"], row.Microseconds.Keys.Order());
        Assert.Empty(Directory.GetDirectories(Path.Combine(_directory.Path, "checks")));
    }

    [Fact]
    public async Task Row_that_the_contract_refuses_tells_each_problem_and_the_stage()
    {
        var row = (await Try(Order(Samples.Contract, """{"a": "much", "c": 1}"""))).Row!;

        Assert.Equal("payload", row.FailedStage);
        Assert.Equal(["instances[0].a", "instances[0].b", "instances[0].c"], row.Problems.Select(problem => problem.Path).Order());
        Assert.All(row.Problems, problem => Assert.Equal("payload", problem.Stage));
        Assert.False(row.Stages.Payload.Accepted);
        Assert.Null(row.Stages.Preprocessing);
        Assert.Contains("must be a number", row.Prediction!.Value.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Row_for_a_release_that_is_loaded_runs_where_it_serves_and_counts_nowhere()
    {
        var placement = Samples.Placement(1);
        _web.Keep(Samples.Bytes("linear-1"));
        _web.Instruction = new([placement], [Samples.Split(1, champion: 1)], []);
        await Eventually.True(() => _web.LastReport?.Placements is [{ State: PlacementState.Ready }], "the version is loaded");
        var order = Order(Samples.Contract, """{"a": 1, "b": 2}""") with { Model = Samples.Model, ReleaseDigest = placement.ReleaseDigest };

        var answer = await Try(order);
        var other = await Try(order with { ReleaseDigest = $"sha256:{9:D64}" });

        Assert.Equal((true, false), (answer.Loaded, other.Loaded));
        Assert.Equal(Samples.Score(1, 1, 2), answer.Row!.Stages.Postprocessing!.Outputs["score"].GetDouble(), 1e-6);
        Assert.Empty(_node.Get<PredictionWindows>().Changed(10));
    }

    [Fact]
    public async Task Model_that_ends_the_process_is_told_with_the_row_as_it_was_before()
    {
        var artifact = Samples.Bytes("dies-at-run");
        var answer = await Try(Order(Samples.Contract, """{"a": 1, "b": 2}""") with { ArtifactDigest = _web.Keep(artifact), ArtifactBytes = artifact.Length });

        Assert.Equal("model", answer.Row!.FailedStage);
        Assert.Equal("The process was ended by SIGABRT while running the row.", answer.Row.Problems.Single().Sentence);
        Assert.Equal(1, answer.Row.Stages.Preprocessing!.Columns["a"].GetDouble());
        Assert.Null(answer.Row.Stages.Model);
    }

    [Fact]
    public async Task Version_that_does_not_load_is_a_failure_with_its_reason()
    {
        var answer = await Try(Order(Samples.Contract.Replace("\"tensor\":\"score\"", "\"tensor\":\"chance\"", StringComparison.Ordinal), """{"a": 1, "b": 2}"""));

        Assert.Null(answer.Row);
        Assert.Contains("the model has no output chance", answer.Failure);
    }

    [Fact]
    public async Task Golden_samples_are_replayed_with_their_stages()
    {
        var order = Order(SkewSamples.Contract(mean: 3.3), "{}") with { Row = null, GoldenDigest = _web.Keep(SkewSamples.Golden()) };

        var golden = (await Try(order)).Golden!;

        Assert.Equal((40, 40, "preprocessing"), (golden.Samples, golden.Failed, golden.FirstStage));
    }

    [Fact]
    public async Task Wrong_key_or_body_is_refused()
    {
        var order = Order(Samples.Contract, """{"a": 1, "b": 2}""");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post(JsonContent.Create(order, options: NodeJson.Options), "another")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(new StringContent("{\"model\": 3}"), _web.NodeKey)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(JsonContent.Create(order with { Row = null }, options: NodeJson.Options), _web.NodeKey)).StatusCode);
        var absent = await Post(JsonContent.Create(order with { ArtifactDigest = $"sha256:{7:D64}" }, options: NodeJson.Options), _web.NodeKey);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, absent.StatusCode);
        Assert.Contains("could not be fetched", await absent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private TrialOrder Order(string contract, string inputs)
    {
        var artifact = Samples.Bytes("linear-1");
        return new("tried", 1, $"sha256:{1:D64}", _web.Keep(artifact), artifact.Length, contract, null, new(inputs, null));
    }

    private async Task<TrialAnswer> Try(TrialOrder order)
    {
        using var response = await Post(JsonContent.Create(order, options: NodeJson.Options), _web.NodeKey);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<TrialAnswer>(text, NodeJson.Options)!;
    }

    private Task<HttpResponseMessage> Post(HttpContent content, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, NodePaths.Trial) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return _node.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
