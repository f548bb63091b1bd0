using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class CheckContractTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Contract_is_held_to_the_artifact_of_a_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var digest = (await house.Send(new GetVersion(Uploads.Model, 1))).ArtifactDigest;

        var fits = await house.Send(new CheckContract(Uploads.Contract(), Model: Uploads.Model, Version: 1));
        Assert.Equal((true, true, digest), (fits.Valid, fits.Fits, fits.ArtifactDigest));
        Assert.Empty(fits.Problems);
        var start = ContractReader.Read(fits.SignatureContract!).Contract!;
        Assert.Equal(["amount", "tenure", "country"], start.Inputs.Select(input => input.Name));
        Assert.Contains(start.Outputs, output => output is { Name: "score", Index: 1, Min: 0, Max: 1 });

        var misfit = await house.Send(new CheckContract(Uploads.Contract().Replace("probabilities", "probability", StringComparison.Ordinal), digest));
        Assert.Equal((true, false), (misfit.Valid, misfit.Fits));
        Assert.Equal("outputs/0/tensor", misfit.Problems.Single().Path);
        Assert.NotEqual(fits.ContractDigest, misfit.ContractDigest);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Only_what_is_an_artifact_by_its_use_is_read_as_one(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var golden = (await house.Send(new GetVersion(Uploads.Model, 1))).GoldenDigest!;

        Assert.Equal(RefusalKind.NotFound, await Refusal(house, new CheckContract(Uploads.Contract(), golden)));
        Assert.Equal(RefusalKind.NotFound, await Refusal(house, new CheckContract(Uploads.Contract(), "sha256:" + new string('0', 64))));
        Assert.Equal(RefusalKind.NotFound, await Refusal(house, new CheckContract(Uploads.Contract(), Model: Uploads.Model, Version: 2)));
    }

    [Fact]
    public async Task Contract_alone_is_valid_or_not_and_fits_nothing_yet()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);

        var valid = await house.Send(new CheckContract(Uploads.Contract()));
        Assert.Equal((true, null, null), (valid.Valid, valid.Fits, valid.SignatureContract));
        Assert.Equal(valid.Canonical, (await house.Send(new CheckContract(valid.Canonical))).Canonical);
        Assert.Matches("^sha256:[0-9a-f]{64}$", valid.ContractDigest);
        var invalid = await house.Send(new CheckContract("{}"));
        Assert.Equal((false, null, null), (invalid.Valid, invalid.Fits, invalid.Canonical));
        Assert.Equal(["inputs", "outputs"], invalid.Problems.Select(problem => problem.Path));
        Assert.StartsWith("is not JSON", (await house.Send(new CheckContract("{"))).Problems.Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifact_alone_gives_what_to_start_from()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);

        var start = await house.Send(new CheckContract(null, Model: Uploads.Model, Version: 1));
        Assert.Equal((null, null), (start.Valid, start.Fits));
        Assert.True((await house.Send(new CheckContract(start.SignatureContract, start.ArtifactDigest))).Fits);
    }

    [Fact]
    public async Task Preprocessing_graph_that_is_not_there_yet_leaves_the_fit_open()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        var graph = await Uploads.Store(house, "log");
        var contract = $$"""
            {"inputs": [{"name": "x", "type": "number"}], "preprocessing": [{"op": "onnx", "artifact": "{{graph.Digest}}"}],
             "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number"}]}
            """;

        var absent = await house.Send(new CheckContract(contract.Replace(graph.Digest, "sha256:" + new string('0', 64), StringComparison.Ordinal), Model: Uploads.Model, Version: 1));
        Assert.Equal((true, null), (absent.Valid, absent.Fits));
        var present = await house.Send(new CheckContract(contract, Model: Uploads.Model, Version: 1));
        Assert.False(present.Fits);
        Assert.All(present.Problems, problem => Assert.Equal("preprocessing/0/artifact", problem.Path));
    }

    [Theory]
    [InlineData(null, null, null, null, "contract")]
    [InlineData("{}", "sha256:AB", null, null, "artifact_digest")]
    [InlineData("{}", null, "fraud-scoring", null, "version")]
    [InlineData("{}", null, null, 1, "model")]
    [InlineData("{}", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "fraud-scoring", 1, "artifact_digest")]
    public async Task Wrong_question_names_its_field(string? contract, string? digest, string? model, int? version, string field)
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CheckContract(contract, digest, model, version)));
        Assert.Contains(refusal.Problems, problem => problem.Path == field);
    }

    private static async Task<RefusalKind> Refusal(TestHouse house, CheckContract request) =>
        (await Assert.ThrowsAsync<RefusedException>(() => house.Send(request))).Kind;
}
