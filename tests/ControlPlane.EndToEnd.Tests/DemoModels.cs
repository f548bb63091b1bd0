using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The demonstration's models: small, of our own making, always there.</summary>
internal static class DemoModels
{
    public const string Fraud = "fraud-scoring";

    /// <summary>The model whose preprocessing stands in its contract.</summary>
    public const string Delivery = "delivery-risk";

    public static byte[] Artifact(string which) => File.ReadAllBytes(PathOf(which, "model.onnx"));

    public static string Contract(string which) => File.ReadAllText(PathOf(which, "contract.json"));

    public static string Golden(string which) => File.ReadAllText(PathOf(which, "golden.jsonl"));

    public static IReadOnlyList<string> Rows(string which) =>
        [.. File.ReadLines(PathOf(which, "golden.jsonl")).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!["inputs"]!.ToJsonString())];

    public static string PathOf(string model, string which, string file) => Path.Combine(Repository.DemoModels, model, which, file);

    public static string PathOf(string which, string file) => PathOf(Fraud, which, file);
}
