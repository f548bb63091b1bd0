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

    [Fact]
    public async Task Unknown_model_is_not_found()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var artifact = await Uploads.Store(house, "scorer");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new UploadVersion("none", artifact, null, null, null)));
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
    }

    private static async Task Refuses(string path, Func<TestHouse, Task<StoredArtifact>> store, string? contract, string? golden)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var artifact = await store(house);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new UploadVersion(Uploads.Model, artifact, contract, golden, null)));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.StartsWith(path, refusal.Problems[0].Path);
        Assert.Equal(0, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
    }
}
