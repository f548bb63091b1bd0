using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.Benchmarks;

/// <summary>The benchmark's model: a logistic regression over twenty numbers, its contract and its requests.</summary>
internal static class RowOf20
{
    public const int Columns = 20;

    public static byte[] Artifact => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", "row-of-20.onnx"));

    public static string RowBody { get; } = new JsonObject { ["instances"] = new JsonArray(Row()) }.ToJsonString();

    public static string TensorBody { get; } = new JsonObject
    {
        ["inputs"] = new JsonArray([.. Enumerable.Range(0, Columns).Select(column => new JsonObject
        {
            ["name"] = Name(column), ["shape"] = new JsonArray(1, 1), ["datatype"] = "FP64", ["data"] = new JsonArray(Value(column)),
        })]),
    }.ToJsonString();

    /// <summary>The model in the given version, released: versions differ in their threshold.</summary>
    public static async Task<int> Upload(HttpClient api, string model, double threshold)
    {
        await api.PostAsJsonAsync("api/v1/models", new { name = model });
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Artifact), "artifact", "row-of-20.onnx" }, { new StringContent(Contract(threshold)), "contract" } };
        using var answer = await api.PostAsync($"api/v1/models/{model}/versions", form);
        var version = (int)(await Read(answer))["version"]!;
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var stored = await Read(await api.GetAsync($"api/v1/models/{model}/versions/{version}"));
            if ((string)stored["status"]! == "ready") return version;
            if ((string)stored["status"]! == "rejected") throw new InvalidOperationException(stored["checks"]!.ToJsonString());
            await Task.Delay(200);
        }

        throw new TimeoutException("The version is still being checked.");
    }

    public static async Task<long> Begin(HttpClient api, string model, int version, string kind, object[] steps)
    {
        using var drafted = await api.PostAsJsonAsync("api/v1/rollouts", new { model, version, environment = "production", kind, steps, gates = Array.Empty<object>(), promotion = "ask" });
        var id = (long)(await Read(drafted))["id"]!;
        await Read(await api.PostAsJsonAsync($"api/v1/rollouts/{id}/submit", new { reason = "benchmark" }));
        return id;
    }

    public static async Task Reaches(HttpClient api, long rollout, string phase)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if ((string)(await Read(await api.GetAsync($"api/v1/rollouts/{rollout}")))["phase"]! == phase) return;
            await Task.Delay(100);
        }

        throw new TimeoutException($"Rollout {rollout} did not reach {phase}.");
    }

    public static async Task<JsonNode> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode < HttpStatusCode.BadRequest ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{(int)answer.StatusCode} {text}");
    }

    private static string Contract(double threshold) => new JsonObject
    {
        ["inputs"] = new JsonArray([.. Enumerable.Range(0, Columns).Select(column => new JsonObject { ["name"] = Name(column), ["type"] = "number", ["min"] = -1000, ["max"] = 1000 })]),
        ["preprocessing"] = new JsonArray(new JsonObject
        {
            ["op"] = "assemble", ["tensor"] = "features", ["datatype"] = "FP32", ["columns"] = new JsonArray([.. Enumerable.Range(0, Columns).Select(column => (JsonNode)Name(column))]),
        }),
        ["outputs"] = new JsonArray(new JsonObject { ["name"] = "score", ["tensor"] = "probabilities", ["index"] = 1, ["type"] = "number", ["min"] = 0, ["max"] = 1 }),
        ["policy"] = new JsonObject
        {
            ["score"] = "score", ["bands"] = new JsonArray(new JsonObject { ["at_least"] = threshold, ["decision"] = "review" }), ["otherwise"] = "allow",
        },
    }.ToJsonString();

    private static JsonObject Row() => new(Enumerable.Range(0, Columns).Select(column => KeyValuePair.Create(Name(column), (JsonNode?)Value(column))));

    private static string Name(int column) => $"feature_{column:00}";

    private static double Value(int column) => Math.Round(Math.Cos(column) * 3, 4);
}
