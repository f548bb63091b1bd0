using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Tests.Node;

/// <summary>Real models of this folder with their contract and golden samples.</summary>
internal static class Samples
{
    public const string Model = "fraud";

    public const string Contract =
        """
        {"inputs":[{"name":"a","type":"number","min":-100,"max":100},{"name":"b","type":"number"}],
         "preprocessing":[{"op":"assemble","tensor":"features","datatype":"FP32","columns":["a","b"]}],
         "runtime":{"format":"onnx"},
         "outputs":[{"name":"score","tensor":"score","index":0,"type":"number","min":0,"max":1}],
         "policy":{"score":"score","bands":[{"at_least":0.5,"decision":"block"}],"otherwise":"allow"},
         "response":{"version":"1.0"},
         "slo":{"latency_p99_milliseconds":500}}
        """;

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Node", "Models", $"{name}.onnx");

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What version 1 or 2 answers, as training would have computed it.</summary>
    public static double Score(int version, double a, double b) => 1 / (1 + Math.Exp(-(version == 1 ? a - 0.5 * b + 0.25 : 2 * a + 0.5 * b - 0.25)));

    public static byte[] Golden(int version, double error = 0)
    {
        var lines = from i in Enumerable.Range(0, 20)
                    let a = (i - 10) / 5.0
                    let b = i % 3
                    let score = Score(version, a, b)
                    select JsonSerializer.Serialize(new { inputs = new { a, b }, outputs = new { score = score + error, decision = score >= 0.5 ? "block" : "allow" } });
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    public static PlacementOrder Placement(int version, string? goldenDigest = null)
    {
        var artifact = Bytes($"linear-{version}");
        return new(Model, version, $"sha256:{version:D64}", DigestOf(artifact), artifact.Length, Contract, goldenDigest);
    }

    public static SplitOrder Split(long generation, int champion, params ShareOrder[] shares) => new(Model, generation, champion, shares, [], "salt");
}
