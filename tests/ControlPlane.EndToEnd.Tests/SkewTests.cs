using System.Net;
using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>Training and serving part: found before anybody may propose the version, shown row by row, and looked into with one row.</summary>
[Collection("product")]
public sealed class SkewTests(StartedProduct product)
{
    private const string Model = "skewed";

    [Fact]
    public async Task Row_and_golden_samples_are_tried_on_a_node_before_and_after_the_release()
    {
        var releases = new Releases(product, Model);
        await releases.CreateModel();
        var version = await releases.UploadReady(DemoModels.Artifact("champion"), DemoModels.Contract("champion"), DemoModels.Golden("champion"));
        var row = DemoModels.Rows("champion")[0];
        var expected = (double)JsonNode.Parse(DemoModels.Golden("champion").Split('\n')[0])!["outputs"]!["score"]!;

        var inChild = await Post(version, "try", $$"""{"inputs": {{row}}}""");
        Assert.Equal(expected, (double)inChild["stages"]!["postprocessing"]!["outputs"]!["score"]!, 1e-5);
        Assert.Null((string?)inChild["failed_stage"]);
        var refused = await Post(version, "try", """{"inputs": {"nobody": 1}}""");
        Assert.Equal("payload", (string)refused["failed_stage"]!);
        Assert.Contains(refused["problems"]!.AsArray(), problem => (string)problem!["path"]! == "instances[0].nobody");

        await releases.Release(version);
        var loaded = await Post(version, "try", $$"""{"inputs": {{row}}}""");
        Assert.True((bool)loaded["loaded"]!);
        var report = await Post(version, "golden-runs", "");
        Assert.Equal(0, (int)report["failed"]!);
        Assert.Equal((string)report["at"]!, (string)(await releases.Version(version))["golden_report"]!["at"]!);
    }

    [Fact]
    public async Task Golden_samples_of_another_model_reject_the_version_and_the_report_shows_the_rows()
    {
        const string other = "skewed-samples";
        var releases = new Releases(product, other);
        await releases.CreateModel();
        var version = await releases.Upload(DemoModels.Artifact("champion"), DemoModels.Contract("champion"), DemoModels.Golden("challenger"));
        await Eventually.Holds(async () => (string?)(await releases.Version(version))["status"] == "rejected", TimeSpan.FromSeconds(60), () => $"Version {version} is not rejected.\n{product.Log}");
        var stored = await releases.Version(version);
        var golden = stored["checks"]!.AsArray().Single(check => (string)check!["name"]! == "golden")!;
        Assert.Contains(" samples part", (string)golden["sentence"]!);
        Assert.True((int)stored["golden_report"]!["failed"]! > 0);
        Assert.NotEmpty(stored["golden_report"]!["worst"]![0]!["differences"]!.AsArray());
    }

    private async Task<JsonNode> Post(int version, string what, string json)
    {
        using var content = new StringContent(json, null, "application/json");
        using var answer = await product.Api.PostAsync($"api/v1/models/{Model}/versions/{version}/{what}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{text}\n{product.Log}");
        return JsonNode.Parse(text)!;
    }
}
