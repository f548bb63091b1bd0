using ControlPlane.Domain.Registry;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>A second graph before the model, as the contract's onnx step names it.</summary>
public sealed class PreparationGraphTests
{
    private const string Inputs = "\"inputs\": [{\"name\": \"a\", \"type\": \"number\"}, {\"name\": \"b\", \"type\": \"number\", \"required\": false}, {\"name\": \"c\", \"type\": \"number\"}]";
    private const string Outputs = "\"runtime\": {\"timeout_milliseconds\": 20000}, \"outputs\": [{\"name\": \"y\", \"tensor\": \"y\", \"type\": \"number\"}]";

    private const string WithGraph =
        "{" + Inputs + ", \"preprocessing\": [{\"op\": \"onnx\", \"artifact\": \"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}], " + Outputs + "}";

    private const string WithSteps = "{" + Inputs + """
        , "preprocessing": [
          {"op": "standardize", "feature": "a", "mean": 10, "scale": 4}, {"op": "impute", "feature": "b", "value": 7}, {"op": "standardize", "feature": "b", "mean": 0, "scale": 2},
          {"op": "standardize", "feature": "c", "mean": 0.5, "scale": 0.5}, {"op": "assemble", "tensor": "x", "datatype": "FP32", "columns": ["a", "b", "c"]}],
        """ + Outputs + "}";

    private const string Body = """{"instances": [{"a": 12, "b": 1, "c": 0.25}, {"a": 9.5, "c": 0}, {"a": 10, "b": null, "c": 1}]}""";

    [Theory]
    [InlineData(EnginePlace.OwnProcess)]
    [InlineData(EnginePlace.Child)]
    public async Task Graph_gives_what_the_same_steps_give(EnginePlace place)
    {
        await using var graph = await ServingHost.Start(await ServingHost.Load("m", 1, WithGraph, "dense", preparation: new(ServingHost.ModelPath("before"), place)));
        await using var steps = await ServingHost.Start(await ServingHost.Load("m", 1, WithSteps, "dense"));

        var found = await Predict(graph);

        Assert.Equal(3, found.Length);
        Assert.All((await Predict(steps)).Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public async Task Warm_up_runs_through_the_graph()
    {
        await using var version = await ServingHost.Load("m", 1, WithGraph, "dense", preparation: new(ServingHost.ModelPath("before"), EnginePlace.OwnProcess));

        Assert.Null(await version.WarmUp(null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("dense", "log", "preprocessing/0/artifact: the model's input x (FP32 [-1, 3]) is made by no output of the preprocessing graph; those are y (FP32 [-1, 1])")]
    [InlineData("log", "before", "preprocessing/0/artifact: the preprocessing graph makes x (FP32 [-1, 3]), but the model's input is x (FP32 [-1, 1])")]
    [InlineData("dense", "custom", "preprocessing/0/artifact: Load model from artifact failed")]
    public async Task Graph_that_does_not_fit_is_named(string model, string graph, string problem)
    {
        var error = await Assert.ThrowsAsync<VersionLoadException>(
            () => ServingHost.Load("m", 1, WithGraph, model, preparation: new(ServingHost.ModelPath(graph), EnginePlace.OwnProcess)));

        Assert.Contains(error.Problems, found => found.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Column_without_a_place_in_the_graph_is_named()
    {
        var contract = WithGraph.Replace("\"name\": \"c\"", "\"name\": \"d\"", StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<VersionLoadException>(
            () => ServingHost.Load("m", 1, contract, "dense", preparation: new(ServingHost.ModelPath("before"), EnginePlace.OwnProcess)));

        Assert.Contains(error.Problems, found => found.ToString().StartsWith("inputs/2/name: the preprocessing graph has no input d; it has a (FP32 [-1, 1])", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contract_with_a_graph_is_not_served_without_it()
    {
        var error = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, WithGraph, "dense"));

        Assert.Equal("preprocessing/0/artifact", Assert.Single(error.Problems).Path);
    }

    private static async Task<double[]> Predict(ServingHost host)
    {
        var (status, body) = await host.PostJson("/v1/models/m:predict", Body);
        Assert.True(status == 200, body.GetRawText());
        return [.. body.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("y").GetDouble())];
    }
}
