using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>A real data set with real models and scores computed by scikit-learn, out of the folder that CONTROLPLANE_REAL_DATA names.</summary>
internal sealed class RealModels(string folder, string dataSet)
{
    public static string? Folder => Environment.GetEnvironmentVariable("CONTROLPLANE_REAL_DATA") is { Length: > 0 } named && Directory.Exists(named) ? named : null;

    public byte[] Artifact(string model) => File.ReadAllBytes(Path.Combine(folder, $"{dataSet}.{model}.onnx"));

    private JsonNode Golden(string model) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, $"{dataSet}.{model}.golden.json")))!;

    /// <summary>Raw rows without their missing values: an optional input is left out.</summary>
    public IReadOnlyList<string> Rows(string model) => [.. Golden(model)["rows"]!.AsArray().Select(row => Present(row!.AsObject()))];

    public IReadOnlyList<double> Scores(string model) => [.. Golden(model)["expected_probabilities"]!.AsArray().Select(row => (double)row![1]!)];

    public string GoldenLines(string model) => string.Join('\n', Rows(model).Zip(Scores(model), (row, score) => $$$"""{"inputs": {{{row}}}, "outputs": {"score": {{{score:R}}}}}"""));

    /// <summary>Every input as the golden file types it, optional; one score with two bands.</summary>
    public string Contract(string model, double block = 0.7)
    {
        var inputs = Golden(model)["inputs"]!.AsArray().Select(input => new JsonObject
        {
            ["name"] = (string)input!["name"]!,
            ["type"] = (string)input["datatype"]! == "BYTES" ? "text" : "number",
            ["required"] = false,
        });
        return new JsonObject
        {
            ["inputs"] = new JsonArray([.. inputs]),
            ["outputs"] = new JsonArray(new JsonObject
            {
                ["name"] = "score", ["tensor"] = "probabilities", ["index"] = 1, ["type"] = "number", ["min"] = 0, ["max"] = 1,
                ["meaning"] = "probability of the label", ["direction"] = "higher_is_riskier",
            }),
            ["policy"] = new JsonObject
            {
                ["score"] = "score",
                ["bands"] = new JsonArray(new JsonObject { ["at_least"] = block, ["decision"] = "block" }, new JsonObject { ["at_least"] = 0.4, ["decision"] = "review" }),
                ["otherwise"] = "allow",
            },
            ["runtime"] = new JsonObject { ["timeout_milliseconds"] = 2000 },
            ["slo"] = new JsonObject { ["latency_p99_milliseconds"] = 100 },
        }.ToJsonString();
    }

    private static string Present(JsonObject row) =>
        new JsonObject(row.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))).ToJsonString();
}
