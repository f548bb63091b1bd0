using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class BadUploadTests
{
    [Fact]
    public Task Not_onnx_is_refused_at_the_artifact() => Refuses("artifact", async house => await Uploads.Store(house, "not a model"u8.ToArray()), Uploads.Contract(), null);

    [Fact]
    public Task Truncated_onnx_is_refused_at_the_artifact() => Refuses("artifact", async house =>
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Models", "scorer.onnx"), TestContext.Current.CancellationToken);
        return await Uploads.Store(house, whole[..(whole.Length / 2)]);
    }, Uploads.Contract(), null);

    [Fact]
    public Task Artifact_that_is_not_in_the_store_is_refused() =>
        Refuses("artifact", _ => Task.FromResult(new StoredArtifact($"sha256:{new string('0', 64)}", 1)), Uploads.Contract(), null);

    [Fact]
    public Task Contract_that_is_not_json_is_refused() => Refuses("contract", house => Uploads.Store(house, "scorer"), "{", null);

    [Fact]
    public async Task Bad_artifact_and_bad_contract_are_told_at_once()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var artifact = await Uploads.Store(house, "not a model"u8.ToArray());
        var refused = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new UploadVersion(Uploads.Model, artifact, "{", null, null)));
        Assert.Equal(["artifact", "contract"], refused.Problems.Select(problem => problem.Path.Split('/')[0]).Distinct().Order());
    }

    [Fact]
    public Task Contract_problem_is_named_with_its_path() =>
        Refuses("contract/outputs", house => Uploads.Store(house, "scorer"), """{"inputs": [{"name": "amount", "type": "number"}]}""", null);

    [Fact]
    public async Task Contract_that_does_not_fit_the_model_is_left_to_the_checks()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var contract = Uploads.Contract().Replace("\"probabilities\"", "\"probability\"", StringComparison.Ordinal);
        var uploaded = await house.Send(new UploadVersion(Uploads.Model, await Uploads.Store(house, "scorer"), contract, null, null));
        Assert.Equal(VersionStatus.Checking, uploaded.Status);
    }

    [Fact]
    public Task Golden_problem_is_named_with_its_line() =>
        Refuses("golden:2", house => Uploads.Store(house, "scorer"), Uploads.Contract(), $"{Uploads.Golden}\nnot json");

    [Theory]
    [InlineData("""{"amount": 1e999, "tenure": 3, "country": "DE"}""", "golden:2/inputs/amount", "must be a finite number")]
    [InlineData("""{"tenure": 3, "country": "DE"}""", "golden:2/inputs/amount", "is missing")]
    [InlineData("""{"amount": "12", "tenure": 3, "country": "DE"}""", "golden:2/inputs/amount", "must be a number (is \"12\")")]
    [InlineData("""{"amount": 1, "tenure": 3, "country": "XX"}""", "golden:2/inputs/country", "XX is not one of DE, FR, US")]
    [InlineData("""{"amount": 1, "tenure": 3, "country": "DE", "amuont": 1}""", "golden:2/inputs/amuont", "is not an input of the contract")]
    [InlineData("""{"amount": 1, "amount": 1, "tenure": 3, "country": "DE"}""", "golden:2/inputs/amount", "is given twice")]
    public async Task Golden_row_that_the_contract_refuses_is_named_and_nothing_is_stored(string inputs, string path, string sentence)
    {
        var problem = Assert.Single(await Refuses(path, house => Uploads.Store(house, "scorer"), Uploads.Contract(), Uploads.Golden + "\n{\"inputs\": " + inputs + ", \"outputs\": {\"score\": 0.5}}"));
        Assert.Equal((path, sentence), (problem.Path, problem.Sentence));
    }

    [Fact]
    public async Task Golden_rows_with_many_mistakes_tell_twenty()
    {
        var problems = await Refuses("golden:1/inputs/amount", house => Uploads.Store(house, "scorer"), Uploads.Contract(),
            string.Join('\n', Enumerable.Repeat("""{"inputs": {"country": "DE"}, "outputs": {"score": 0.5}}""", 30)));
        Assert.Equal(20, problems.Count);
        Assert.Equal("golden:10/inputs/tenure", problems[^1].Path);
    }

    [Fact]
    public async Task Golden_tensor_of_another_shape_is_refused_at_its_line()
    {
        const string contract = """{"inputs": [{"name": "x", "type": "tensor", "datatype": "FP32", "shape": [-1, 3]}], "outputs": [{"name": "y", "tensor": "y", "type": "number"}]}""";
        var problem = Assert.Single(await Refuses("golden:1/inputs/x", house => Uploads.Store(house, "scorer"), contract, """{"inputs": {"x": [1, 2]}, "outputs": {"y": 0.5}}"""));
        Assert.Equal("golden:1/inputs/x", problem.Path);
    }

    [Fact]
    public async Task Golden_csv_row_is_named_by_its_line_of_the_file()
    {
        var problem = Assert.Single(await Refuses("golden:4", house => Uploads.Store(house, "scorer"), Uploads.Contract(),
            "amount,tenure,country,score\n1,2,DE,0.5\n1,2,FR,0.5\n1,2,XX,0.5\n"));
        Assert.Equal("golden:4/inputs/country", problem.Path);
    }

    [Fact]
    public async Task Unknown_model_is_not_found()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var artifact = await Uploads.Store(house, "scorer");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new UploadVersion("none", artifact, null, null, null)));
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
    }

    private static async Task<IReadOnlyList<Problem>> Refuses(string path, Func<TestHouse, Task<StoredArtifact>> store, string? contract, string? golden)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var artifact = await store(house);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new UploadVersion(Uploads.Model, artifact, contract, golden, null)));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.StartsWith(path, refusal.Problems[0].Path);
        Assert.Equal(0, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
        return refusal.Problems;
    }
}
