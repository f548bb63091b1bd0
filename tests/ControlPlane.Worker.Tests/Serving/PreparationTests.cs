using System.Text.Json;
using System.Text.Json.Nodes;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>A classifier that scikit-learn trained on prepared columns, with the preparation in its contract: every operation through the whole path.</summary>
public sealed class PreparationTests
{
    private const string Numbers = "{\"name\": \"a\", \"type\": \"number\"}, {\"name\": \"b\", \"type\": \"number\", \"required\": false}";
    private static readonly string Contract = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "prepared.contract.json"));

    private static readonly JsonArray Rows =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "prepared.rows.json")))!.AsArray();

    [Fact]
    public async Task Scores_are_those_of_the_whole_pipeline()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, Contract, "prepared"));

        var scores = await Predict(host, [.. Rows.Select(row => row!["inputs"]!)]);

        Assert.Equal(40, scores.Length);
        Assert.All(Rows.Zip(scores), pair => Assert.Equal((double)pair.First!["score"]!, pair.Second, 1e-5));
    }

    [Fact]
    public async Task Batches_of_any_size_give_each_row_the_same_score()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, Contract, "prepared"));
        var all = await Predict(host, [.. Rows.Select(row => row!["inputs"]!)]);

        foreach (var (from, count) in new[] { (0, 1), (5, 7), (39, 1), (3, 20) })
            Assert.Equal(all.AsSpan(from, count).ToArray(), await Predict(host, [.. Rows.Skip(from).Take(count).Select(row => row!["inputs"]!)]));
    }

    [Fact]
    public async Task Tensor_form_agrees_with_the_row_form()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, Contract, "prepared"));
        JsonNode[] rows = [.. Rows.Select(row => row!["inputs"]!)];
        var datatypes = new Dictionary<string, string> { ["visits"] = "INT64", ["active"] = "BOOL", ["country"] = "BYTES", ["grade"] = "BYTES", ["rating"] = "BYTES" };
        var inputs = rows[0].AsObject().Select(field => new JsonObject
        {
            ["name"] = field.Key,
            ["datatype"] = datatypes.GetValueOrDefault(field.Key, "FP64"),
            ["shape"] = new JsonArray(rows.Length, 1),
            ["data"] = new JsonArray([.. rows.Select(row => row[field.Key]?.DeepClone())]),
        });

        var (status, body) = await host.PostJson("/v2/models/m/infer", new JsonObject { ["inputs"] = new JsonArray([.. inputs]) }.ToJsonString());

        Assert.True(status == 200, body.GetRawText());
        Assert.Equal(await Predict(host, rows), body.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(score => score.GetDouble()));
    }

    [Fact]
    public async Task Unseen_value_that_counts_as_missing_is_filled_before_the_model_sees_it()
    {
        var contract = TestContracts.Scorer.Replace("\"US\"]}", "\"US\"], \"unseen\": \"missing\"}", StringComparison.Ordinal)
            .Replace("\"runtime\"", "\"preprocessing\": [{\"op\": \"impute\", \"feature\": \"country\", \"value\": \"FR\"}], \"runtime\"", StringComparison.Ordinal);
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, contract, "scorer"));

        var scores = await Predict(host, [Row("FR"), Row("XX"), Row("DE")]);

        Assert.Equal(scores[0], scores[1]);
        Assert.NotEqual(scores[0], scores[2]);

        static JsonNode Row(string country) => new JsonObject { ["amount"] = 10, ["country"] = country };
    }

    [Fact]
    public async Task Wide_column_fills_the_tensor_of_its_own_name()
    {
        const string contract = """
            {"inputs": [{"name": "x", "type": "category", "values": ["p", "q", "r"]}], "preprocessing": [{"op": "one_hot", "feature": "x"}],
             "outputs": [{"name": "y", "tensor": "y", "type": "number"}]}
            """;
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, contract, "dense"));

        var scores = await Predict(host, [new JsonObject { ["x"] = "p" }, new JsonObject { ["x"] = "q" }, new JsonObject { ["x"] = "r" }], "y");

        Assert.All(new[] { 0.5, -0.25, 1.0 }.Zip(scores), pair => Assert.Equal(1 / (1 + Math.Exp(-(pair.First + 0.1))), pair.Second, 1e-6));
    }

    [Fact]
    public async Task Cast_lets_numbers_into_a_tensor_of_whole_ones()
    {
        var contract = TestContracts.Divide.Replace("\"name\": \"a\", \"type\": \"integer\"", "\"name\": \"a\", \"type\": \"number\"", StringComparison.Ordinal)
            .Replace("\"runtime\"", "\"preprocessing\": [{\"op\": \"cast\", \"feature\": \"a\", \"to\": \"integer\"}], \"runtime\"", StringComparison.Ordinal);
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, contract, "divide"));

        var scores = await Predict(host, [new JsonObject { ["a"] = 7.9, ["b"] = 2 }], "y");

        Assert.Equal([3], scores);
    }

    [Theory]
    [InlineData("dense", "{\"op\": \"assemble\", \"tensor\": \"x\", \"columns\": [\"a\", \"b\"]}", "preprocessing/0/columns: give [rows, 2], but the model's input is x (FP32 [-1, 3])")]
    [InlineData("log", "{\"op\": \"standardize\", \"feature\": \"a\", \"mean\": 0, \"scale\": 2, \"into\": \"x\"}, {\"op\": \"clip\", \"feature\": \"b\", \"min\": 0}",
        "preprocessing/1: the model has no input b; it has x (FP32 [-1, 1])")]
    [InlineData("divide", "{\"op\": \"standardize\", \"feature\": \"a\", \"mean\": 0, \"scale\": 2}", "preprocessing/0: makes a a number, but the model's input is a (INT32 [-1]); cast it to integer")]
    [InlineData("divide", "{\"op\": \"cast\", \"feature\": \"b\", \"to\": \"integer\"}", "preprocessing/0: a missing value has no place in the model's input b (INT32 [-1])")]
    [InlineData("scorer", "{\"op\": \"cast\", \"feature\": \"a\", \"to\": \"number\", \"into\": \"country\"}", "preprocessing/0: is country, number, but the model's input is country (STRING")]
    public async Task Load_says_which_step_makes_what_the_model_does_not_take(string model, string steps, string problem)
    {
        var contract = $$"""{"inputs": [{{Numbers}}], "preprocessing": [{{steps}}], "outputs": [{"name": "y", "tensor": "y", "type": "number"}]}""";

        var error = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, contract, model));

        Assert.Contains(error.Problems, found => found.ToString().StartsWith(problem.Replace("STRING", "BYTES", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static async Task<double[]> Predict(ServingHost host, JsonNode[] rows, string output = "score")
    {
        var (status, body) = await host.PostJson("/v1/models/m:predict", JsonSerializer.Serialize(new { instances = rows }));
        Assert.True(status == 200, body.GetRawText());
        return [.. body.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty(output).GetDouble())];
    }
}
