using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class GoldenCsvTests
{
    // Numbers and a flag, assembled into the tensor of the model "dense".
    private const string Dense = """
        {"inputs": [{"name": "amount", "type": "number"}, {"name": "tenure", "type": "integer", "required": false}, {"name": "returning", "type": "boolean"}],
         "preprocessing": [{"op": "impute", "feature": "tenure", "value": 0}, {"op": "assemble", "tensor": "x", "columns": ["amount", "tenure", "returning"]}],
         "outputs": [{"name": "score", "tensor": "y", "index": 0, "type": "number"}],
         "policy": {"score": "score", "bands": [{"at_least": 0.9, "decision": "block"}], "otherwise": "allow"}}
        """;

    // A category, one of whose values is made of digits, for the model "scorer".
    private const string Scorer = """
        {"inputs": [{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "007", "a \"b\", c"]}],
         "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number"}, {"name": "label", "tensor": "label", "type": "integer"}]}
        """;

    [Theory]
    [OnEachDatabase]
    public async Task Rows_are_stored_as_json_lines_by_the_types_of_the_contract(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var lines = await Stored(house, "dense", Dense, "amount,tenure,returning,score,decision\n12.50,3,true,0.25,allow\n-1e3,,0,1,block\n");
        Assert.Equal(
            [
                """{"inputs":{"amount":12.5,"tenure":3,"returning":true},"outputs":{"score":0.25,"decision":"allow"}}""",
                """{"inputs":{"amount":-1000,"returning":false},"outputs":{"score":1,"decision":"block"}}""",
            ], lines);
    }

    [Fact]
    public async Task Texts_stay_texts_also_when_they_read_as_numbers()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var lines = await Stored(house, "scorer", Scorer, """
            amount,tenure,country,label,preprocessing.country,preprocessing.amount
            1,2,007,1,007,1
            1,2,"a ""b"", c",0,"a ""b"", c",1
            """);
        Assert.Equal(
            [
                """{"inputs":{"amount":1,"tenure":2,"country":"007"},"outputs":{"label":1},"stages":{"preprocessing":{"country":"007","amount":1}}}""",
                """{"inputs":{"amount":1,"tenure":2,"country":"a \"b\", c"},"outputs":{"label":0},"stages":{"preprocessing":{"country":"a \"b\", c","amount":1}}}""",
            ], lines);
    }

    [Fact]
    public async Task Stages_and_lists_come_from_their_columns()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var lines = await Stored(house, "dense", Dense, """
            inputs.amount,returning,outputs.score,preprocessing.tenure,preprocessing.x.1,preprocessing.x.0,model.y.0
            1,1,0.5,0,7,,0.5
            2,0,0.5,,,,
            """);
        Assert.Equal(
            [
                """{"inputs":{"amount":1,"returning":true},"outputs":{"score":0.5},"stages":{"preprocessing":{"tenure":0,"x":[null,7]},"model":{"y":[0.5]}}}""",
                """{"inputs":{"amount":2,"returning":false},"outputs":{"score":0.5}}""",
            ], lines);
    }

    [Theory]
    [InlineData("amount,skore\n1,2", "golden:1/skore", "is neither an input nor an output of the contract; those are amount, tenure, returning, score, decision")]
    [InlineData("amount,tenure\n1,2", "golden:1", "expects no output; those of the contract are score, decision")]
    [InlineData("amount;score\n1;2", "golden:1", "separated by semicolons")]
    [InlineData("amount,score\n1,", "golden:2/score", "is empty; every sample says each output that the header names")]
    [InlineData("amount,score\nten,1", "golden:2/amount", "must be a number (is ten)")]
    [InlineData("tenure,score\n1.5,1", "golden:2/tenure", "must be a whole number (is 1.5)")]
    [InlineData("tenure,score\n99999999999999999999,1", "golden:2/tenure", "must be a whole number within ±9007199254740991")]
    [InlineData("returning,score\nyes,1", "golden:2/returning", "must be true, false, 1 or 0 (is yes)")]
    [InlineData("amount,score\n1", "golden:2", "has 1 cells, but the header names 2 columns")]
    [InlineData("amount,score\n", "golden", "holds no samples")]
    [InlineData("amount,inputs.amount,score\n1,1,1", "golden:1/inputs.amount", "is named by two columns")]
    [InlineData("score,model.y,model.y.0\n1,1,1", "golden:1/model.y", "is given as one value and as a list")]
    [InlineData("score,model.y.1,model.y.2\n1,1,1", "golden:1/model.y", "must be numbered from 0 without a gap: model.y.0 to model.y.1")]
    [InlineData("amount,returning,score,model.logits\n1,1,1,1", "golden:2/stages/model/logits", "is not a tensor that an output of the contract is taken from")]
    public async Task Wrong_table_is_refused_with_its_place(string csv, string path, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Upload(house, "dense", Dense, csv));
        Assert.Equal(path, refusal.Problems[0].Path);
        Assert.Contains(says, refusal.Problems[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(0, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Raw_tensor_has_no_cells()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        const string raw = """{"inputs": [{"name": "x", "type": "tensor", "datatype": "FP32", "shape": [-1, 3]}], "outputs": [{"name": "p", "tensor": "y", "index": 0, "type": "number"}]}""";
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Upload(house, "dense", raw, "x,p\n1,2"));
        Assert.Equal(("golden:1/x", "is a raw tensor, which CSV has no cells for; write the samples as JSON lines"), (refusal.Problems[0].Path, refusal.Problems[0].Sentence));
    }

    [Fact]
    public async Task Form_that_was_told_wins_over_what_it_looks_like()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Upload(house, "dense", Dense, "amount,score\n1,2", isCsv: false));
        Assert.Equal(("golden:1", true), (refusal.Problems[0].Path, refusal.Problems[0].Sentence.StartsWith("is not JSON", StringComparison.Ordinal)));
        refusal = await Assert.ThrowsAsync<RefusedException>(() => Upload(house, "dense", Dense, Uploads.Golden, isCsv: true));
        Assert.StartsWith("golden:1", refusal.Problems[0].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_of_golden_and_reference_are_told_together()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var artifact = await Uploads.Store(house, "dense");
        var reference = await Uploads.Store(house, Encoding.UTF8.GetBytes("amount\nx\n"));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new UploadVersion(Uploads.Model, artifact, Dense, "amount,score\ny,1", null, Reference: reference)));
        Assert.Equal(["golden:2/amount", "baseline:2/amount"], refusal.Problems.Select(problem => problem.Path));
    }

    private static async Task<UploadedVersion> Upload(TestHouse house, string model, string contract, string golden, bool? isCsv = null) =>
        await house.Send(new UploadVersion(Uploads.Model, await Uploads.Store(house, model), contract, golden, null, isCsv));

    private static async Task<string[]> Stored(TestHouse house, string model, string contract, string csv)
    {
        await Upload(house, model, contract, csv);
        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        await using var stream = await house.Artifacts.Open(version.GoldenDigest!, TestContext.Current.CancellationToken);
        using var text = new StreamReader(stream!);
        var lines = (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        Assert.Equal(version.GoldenRows, lines.Length);
        Assert.Equal(lines.Length, GoldenSamples.Read(string.Join('\n', lines), version.Contract).Samples.Count);
        return lines;
    }
}
