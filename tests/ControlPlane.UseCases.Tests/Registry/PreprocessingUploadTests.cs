using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

/// <summary>A contract whose rows are prepared by a graph of their own.</summary>
public sealed class PreprocessingUploadTests
{
    private const string Inputs = """{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "age", "type": "number"}""";
    private static readonly string Absent = $"sha256:{new string('0', 64)}";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Graph_that_comes_along_or_is_in_the_store_is_taken(bool comesAlong)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var graph = await Uploads.Store(house, "threecolumns");
        var uploaded = await Upload(house, graph.Digest, comesAlong ? graph : null);
        Assert.Equal(1, uploaded.Version);
        Assert.Contains(graph.Digest, (await house.Send(new GetVersion(Uploads.Model, 1))).ContractJson, StringComparison.Ordinal);
    }

    [Fact]
    public Task Graph_that_is_nowhere_is_a_problem_of_the_step() =>
        Refuses(house => Upload(house, Absent, null), "contract/preprocessing/0/artifact", "is not in the store; send the graph as the part preprocessing");

    [Fact]
    public Task Graph_with_another_digest_is_refused() =>
        Refuses(async house => await Upload(house, Absent, await Uploads.Store(house, "threecolumns")), "preprocessing", $"but the contract's onnx step names {Absent}");

    [Fact]
    public Task Graph_that_no_step_runs_is_refused() => Refuses(
        async house => await house.Send(new UploadVersion(Uploads.Model, await Uploads.Store(house, "scorer"), Uploads.Contract(), null, null, Preprocessing: await Uploads.Store(house, "threecolumns"))),
        "preprocessing", "the contract has no onnx step");

    [Theory]
    [InlineData("external", "refers to data outside the file")]
    [InlineData("function", "defines functions of its own")]
    [InlineData("custom", "uses operators of the domain")]
    public Task Graph_that_no_runtime_may_open_is_refused(string graph, string says) => Refuses(
        async house =>
        {
            var stored = await Uploads.Store(house, graph);
            return await Upload(house, stored.Digest, stored);
        },
        "preprocessing", says);

    [Fact]
    public Task Contract_that_does_not_fit_the_graph_is_refused() => Refuses(
        async house =>
        {
            var stored = await Uploads.Store(house, "threecolumns");
            return await Upload(house, stored.Digest, stored, Inputs.Replace("\"age\"", "\"years\"", StringComparison.Ordinal));
        },
        "contract/inputs/2/name", "years");

    private static async Task<UploadedVersion> Upload(TestHouse house, string digest, StoredArtifact? graph, string inputs = Inputs)
    {
        var contract = $$"""{"inputs": [{{inputs}}], "preprocessing": [{"op": "onnx", "artifact": "{{digest}}"}], "outputs": [{"name": "score", "tensor": "y", "index": 0, "type": "number"}]}""";
        return await house.Send(new UploadVersion(Uploads.Model, await Uploads.Store(house, "dense"), contract, null, null, Preprocessing: graph));
    }

    private static async Task Refuses(Func<TestHouse, Task<UploadedVersion>> upload, string path, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => upload(house));
        Assert.Contains(refusal.Problems, problem => problem.Path == path && problem.Sentence.Contains(says, StringComparison.Ordinal));
        Assert.Equal(0, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
    }
}
