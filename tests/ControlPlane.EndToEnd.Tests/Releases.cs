using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The main job through the public API, as a pipeline would do it.</summary>
internal sealed class Releases(Product product, string model)
{
    public async Task CreateModel()
    {
        using var answer = await product.Api.PostAsJsonAsync("api/v1/models", new { name = model, description = "end to end" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    /// <summary>Uploads, waits for the checks and expects them to pass.</summary>
    public async Task<int> UploadReady(byte[] artifact, string contract, string golden)
    {
        var version = await Upload(artifact, contract, golden);
        await Eventually.Holds(async () => (string?)(await Version(version))["status"] != "checking", TimeSpan.FromSeconds(60), () => $"Version {version} is still being checked.\n{product.Log}");
        var stored = await Version(version);
        Assert.True((string?)stored["status"] == "ready", stored["checks"]?.ToJsonString());
        return version;
    }

    public async Task<int> Upload(byte[] artifact, string contract, string golden)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(artifact), "artifact", "model.onnx" },
            { new StringContent(contract), "contract" },
            { new StringContent("uploaded by a test"), "notes" },
        };
        if (golden.Length > 0) form.Add(new StringContent(golden), "golden");
        using var answer = await product.Api.PostAsync($"api/v1/models/{model}/versions", form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, text);
        return (int)JsonNode.Parse(text)!["version"]!;
    }

    public async Task<JsonNode> Version(int version) => await Get($"api/v1/models/{model}/versions/{version}");

    public async Task<long> Begin(int version, string kind, object[] steps, object[] gates, string promotion = "ask")
    {
        var plan = new { model, version, environment = "production", kind, steps, gates, promotion };
        using var drafted = await product.Api.PostAsJsonAsync("api/v1/rollouts", plan);
        var text = await drafted.Content.ReadAsStringAsync();
        Assert.True(drafted.StatusCode == HttpStatusCode.Created, text);
        var id = (long)JsonNode.Parse(text)!["id"]!;
        await Act(id, "submit", $"end to end: {kind}");
        return id;
    }

    public async Task Release(int version)
    {
        var id = await Begin(version, "immediate", [], []);
        await ReachesPhase(id, "promoted");
        await IsServed();
    }

    /// <summary>Both nodes answer: the phase is saved a moment before the last node has acknowledged.</summary>
    public async Task IsServed()
    {
        using var client = new HttpClient();
        for (var node = 0; node < 2; node++)
        {
            var ready = new Uri(product.Node(node), $"v2/models/{model}/ready");
            await Eventually.Holds(async () => (await client.GetAsync(ready)).IsSuccessStatusCode, TimeSpan.FromSeconds(30), () => $"{ready} is not ready.");
        }
    }

    public async Task Act(long id, string action, string reason)
    {
        using var answer = await product.Api.PostAsJsonAsync($"api/v1/rollouts/{id}/{action}", new { reason });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<JsonNode> Rollout(long id) => Get($"api/v1/rollouts/{id}");

    public Task ReachesPhase(long id, string phase, int withinSeconds = 60) => Eventually.Holds(
        async () => (string?)(await Rollout(id))["phase"] == phase,
        TimeSpan.FromSeconds(withinSeconds),
        () => $"Rollout {id} did not reach {phase}: {Rollout(id).Result.ToJsonString()}\n{product.Log}");

    public Task<JsonNode> Split() => Get($"api/v1/models/{model}/split?environment=production");

    public async Task<JsonNode> RollBack(string reason)
    {
        using var answer = await product.Api.PostAsJsonAsync($"api/v1/models/{model}/rollback", new { environment = "production", reason });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> Get(string path)
    {
        using var answer = await product.Api.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public static object Gate(string metric, double margin, int minimumSample) => new
    {
        metric,
        compared_with = "champion",
        margin,
        minimum_sample = minimumSample,
        window_seconds = 60,
        on_fail = "roll_back",
        on_no_data = "hold",
    };

    public static object Step(double sharePercent, int holdSeconds, int minimumPredictions) => new
    {
        share_percent = sharePercent,
        hold_seconds = holdSeconds,
        minimum_predictions = minimumPredictions,
    };

    public static string Json(object value) => JsonSerializer.Serialize(value);
}
