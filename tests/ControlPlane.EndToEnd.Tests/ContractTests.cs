using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The contract's promises, through the public API and real nodes: a model whose preprocessing stands outside its graph.</summary>
[Collection("product")]
public sealed class ContractTests(StartedProduct product)
{
    private const string Contract = "contract.json";

    [Fact]
    public async Task Golden_samples_pass_and_one_changed_mean_fails_in_preprocessing()
    {
        var releases = await NewModel("changed-mean");
        var ready = await releases.Version(await releases.UploadReady(Artifact(), Text(Contract), Text("golden.jsonl")));
        Assert.Equal(60, (int)ready["golden_report"]!["samples"]!);
        Assert.Null(ready["golden_report"]!["first_stage"]);

        var changed = JsonNode.Parse(Text(Contract))!;
        var mean = Step(changed, "standardize", "weight_kg");
        mean["mean"] = (double)mean["mean"]! + 0.5;
        var rejected = await Ended(releases, await releases.Upload(Artifact(), changed.ToJsonString(), Text("golden.jsonl")));

        Assert.Equal("rejected", (string?)rejected["status"]);
        Assert.Equal("preprocessing", (string?)rejected["golden_report"]!["first_stage"]);
        var golden = rejected["checks"]!.AsArray().Single(check => (string?)check!["name"] == "golden")!;
        Assert.Equal("failed", (string?)golden["outcome"]);
        Assert.Contains("preprocessing", (string?)golden["sentence"]);
        var row = rejected["golden_report"]!["worst"]![0]!;
        Assert.Contains(row["differences"]!.AsArray(), difference => ((string?)difference!["path"])!.Contains("features"));
    }

    [Fact]
    public async Task Changed_threshold_is_a_new_release_that_the_comparison_calls_semantic()
    {
        var releases = await NewModel("threshold");
        await releases.UploadReady(Artifact(), Text(Contract), Text("golden.jsonl"));
        var changed = JsonNode.Parse(Text(Contract))!;
        changed["policy"]!["bands"]![1]!["at_least"] = 0.3;

        var second = await releases.UploadReady(Artifact(), changed.ToJsonString(), Text("golden.jsonl"));

        Assert.NotEqual((string?)(await releases.Version(1))["release_digest"], (string?)(await releases.Version(second))["release_digest"]);
        var comparison = await Get($"api/v1/models/threshold/versions/{second}/comparison?against=1");
        var changes = comparison["changes"]!.AsArray();
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal("semantic", (string?)change!["kind"]));
        Assert.Contains(changes, change => ((string?)change!["path"])!.StartsWith("policy/", StringComparison.Ordinal));
        Assert.False((bool)comparison["blocked"]!);
    }

    [Fact]
    public async Task Renamed_output_names_its_consumer_and_blocks_the_rollout_until_it_is_acknowledged()
    {
        var releases = await NewModel("renamed");
        await releases.Release(await releases.UploadReady(Artifact(), Text(Contract), Text("golden.jsonl")));
        var consumer = await Post("api/v1/models/renamed/consumers", new { name = "dispatch", response_major = 1, fields = new[] { "score" }, owner = "Dispatch", contact = "#dispatch" });
        var second = await releases.UploadReady(Artifact(), Text(Contract).Replace("\"name\": \"score\"", "\"name\": \"risk\"").Replace("\"score\": \"score\"", "\"score\": \"risk\""),
            Text("golden.jsonl").Replace("\"outputs\": {\"score\"", "\"outputs\": {\"risk\""));

        var breaking = (await Get($"api/v1/models/renamed/versions/{second}/comparison"))["changes"]!.AsArray().Where(change => (string?)change!["kind"] == "breaking").ToList();
        Assert.Contains(breaking, change => change!["consumers"]!.AsArray().Any(name => (string?)name == "dispatch"));

        var plan = new
        {
            model = "renamed", version = second, environment = "production", kind = "canary", accepted_changes = breaking.Select(change => (string)change!["path"]!),
            steps = new[] { Releases.Step(5, 3600, 1) }, gates = Array.Empty<object>(), promotion = "ask",
        };
        var rollout = (long)(await Post("api/v1/rollouts", plan))["id"]!;
        using var refused = await product.Api.PostAsJsonAsync($"api/v1/rollouts/{rollout}/submit", new { reason = "renamed" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("dispatch", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await Post($"api/v1/consumers/{(string?)consumer["id"]}/acknowledgements", new { version = second, comment = "reads risk from Monday on" });
        await releases.Act(rollout, "submit", "renamed");
        await releases.ReachesPhase(rollout, "exposing");
    }

    [Fact]
    public async Task Tried_row_shows_every_stage_and_a_wrong_row_where_it_stops()
    {
        var releases = await NewModel("tried-rows");
        var version = await releases.UploadReady(Artifact(), Text(Contract), Text("golden.jsonl"));
        var sample = JsonNode.Parse(File.ReadLines(DemoModels.PathOf(DemoModels.Delivery, "champion", "golden.jsonl")).First())!;

        var tried = await Post($"api/v1/models/tried-rows/versions/{version}/try", new { inputs = sample["inputs"] });
        Assert.Equal((double)sample["outputs"]!["score"]!, (double)tried["prediction"]!["predictions"]![0]!["score"]!, 1e-5);
        Assert.Contains("features", tried["stages"]!["preprocessing"]!.ToJsonString());
        Assert.Contains("probabilities", tried["stages"]!["model"]!.ToJsonString());

        sample["inputs"]!["carrier"] = "pigeon";
        sample["inputs"]!["weight_kg"] = -1;
        var refused = await Post($"api/v1/models/tried-rows/versions/{version}/try", new { inputs = sample["inputs"] });
        Assert.Equal("payload", (string?)refused["failed_stage"]);
        Assert.Equal(2, refused["problems"]!.AsArray().Count);
    }

    private async Task<Releases> NewModel(string name)
    {
        var releases = new Releases(product, name);
        await releases.CreateModel();
        return releases;
    }

    private async Task<JsonNode> Ended(Releases releases, int version)
    {
        await Eventually.Holds(async () => (string?)(await releases.Version(version))["status"] != "checking", TimeSpan.FromSeconds(60), () => $"Version {version} is still being checked.\n{product.Log}");
        return await releases.Version(version);
    }

    private async Task<JsonNode> Get(string path)
    {
        using var answer = await product.Api.GetAsync(path);
        return await Read(answer);
    }

    private async Task<JsonNode> Post(string path, object body)
    {
        using var answer = await product.Api.PostAsJsonAsync(path, body);
        return await Read(answer);
    }

    private static async Task<JsonNode> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static JsonNode Step(JsonNode contract, string op, string feature) =>
        contract["preprocessing"]!.AsArray().Single(step => (string?)step!["op"] == op && (string?)step["feature"] == feature)!;

    private static byte[] Artifact() => File.ReadAllBytes(DemoModels.PathOf(DemoModels.Delivery, "champion", "model.onnx"));

    private static string Text(string file) => File.ReadAllText(DemoModels.PathOf(DemoModels.Delivery, "champion", file));
}
