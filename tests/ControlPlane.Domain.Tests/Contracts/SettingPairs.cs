using static ControlPlane.Domain.Contracts.ChangeKind;
using static ControlPlane.Domain.Tests.Contracts.ContractPair;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>What the model is fed, which forms of the answer are served, and what is promised.</summary>
internal static class SettingPairs
{
    private const string Scaled = """{"op": "standardize", "feature": "a", "mean": 3.2, "scale": 1.1}""";
    private const string Previous = """, "previous": {"version": "1.0", "fields": [{"name": "score", "from": "score"}, {"name": "other", "from": "other"}]}""";

    public static IReadOnlyList<ContractPair> All { get; } =
    [
        Step(Scaled, """{"op": "standardize", "feature": "a", "mean": 3.4, "scale": 1.1}""", "a/standardize/mean", "the mean 3.4 instead of 3.2"),
        Step(Scaled, """{"op": "standardize", "feature": "a", "mean": 3.2, "scale": 2}""", "a/standardize/scale", "the scale 2 instead of 1.1"),
        Step(Scaled, "", "a/standardize", "standardize of a is left out"),
        Step("", Scaled, "a/standardize", "standardize of a is new"),
        Step(Scaled, """{"op": "log1p", "feature": "a"}, """ + Scaled, "a/log1p", "log1p of a is new"),
        Step("""{"op": "log1p", "feature": "a"}, """ + Scaled, Scaled + """, {"op": "clip", "feature": "a", "min": 0}, {"op": "log1p", "feature": "a"}""", "", "run in another order"),
        Step("""{"op": "impute", "feature": "o", "value": 0}""", """{"op": "impute", "feature": "o", "value": 1}""", "o/impute/value", "the value 1 instead of 0"),
        Step("""{"op": "clip", "feature": "a", "max": 10}""", """{"op": "clip", "feature": "a", "max": 20}""", "a/clip/max", "the max 20 instead of 10"),
        Step("""{"op": "min_max", "feature": "a", "min": 0, "max": 10}""", """{"op": "min_max", "feature": "a", "min": 0, "max": 10, "clip": true}""", "a/min_max/clip", "the clip true instead of not set"),
        Step("""{"op": "one_hot", "feature": "c", "values": ["x", "y"]}""", """{"op": "one_hot", "feature": "c", "values": ["y", "x"]}""", "c/one_hot/values", "instead of [\"x\",\"y\"]"),
        Step("""{"op": "one_hot", "feature": "c"}""", """{"op": "one_hot", "feature": "c", "drop_first": true}""", "c/one_hot/drop_first", "the drop first true"),
        Step("""{"op": "bucketize", "feature": "a", "edges": [0, 1, 2]}""", """{"op": "bucketize", "feature": "a", "edges": [0, 1, 3]}""", "a/bucketize/edges", "[0,1,3] instead of [0,1,2]"),
        Step("""{"op": "bucketize", "feature": "a", "edges": [0, 1, 2]}""", """{"op": "bucketize", "feature": "a", "edges": [0, 1, 2], "encode": "one_hot"}""", "a/bucketize/encode", "one_hot"),
        Step("""{"op": "assemble", "tensor": "f", "columns": ["a", "o"]}""", """{"op": "assemble", "tensor": "f", "columns": ["o", "a"]}""", "f/assemble/columns", "in another order"),
        Step("""{"op": "assemble", "tensor": "f", "columns": ["a", "o"]}""", """{"op": "assemble", "tensor": "f", "columns": ["a"]}""", "f/assemble/columns", "without o"),
        Step("""{"op": "assemble", "tensor": "f", "columns": ["a"]}""", """{"op": "assemble", "tensor": "f", "columns": ["a"], "datatype": "FP64"}""", "f/assemble/datatype", "FP64"),
        Step(Graph('a'), Graph('b'), "onnx/artifact", "Another preprocessing graph"),
        new(Steps.Replace("""["x", "y"]}""", "@}", StringComparison.Ordinal).Replace("#", """{"op": "one_hot", "feature": "c"}""", StringComparison.Ordinal).Replace("@", "#", StringComparison.Ordinal),
            """["x", "y"]""", """["y", "x"]""", Semantic, "inputs/c/values", "its encoding takes that order"),
        Response(""" "version": "1.0" """, """ "version": "1.1" """, Additive, "version", "the major is the same"),
        Response(""" "version": "1.0" """, """ "version": "2.0" """, Breaking, "version", "1.0 is no longer served"),
        Response(""" "version": "1.0" """, """ "version": "2.0" """ + Previous, Breaking, "version", "those who ask for 1 are still served as before. A consumer of 1 acknowledges that it asks for 1"),
        Response(""" "version": "1.0" """, """ "version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "score", "from": "score"}]}""", Breaking, "version", "but without other"),
        Response(""" "version": "2.0" """, """ "version": "2.0" """ + Previous, Additive, "previous", "may ask for the form 1.0 as well"),
        Response(""" "version": "2.0" """ + Previous, """ "version": "2.0" """, Breaking, "previous", "ask for the form 1.0 will be refused"),
        Response(""" "version": "2.0" """ + Previous, """ "version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "score", "from": "score"}]}""", Breaking, "previous/other", "no longer holds other"),
        Response(""" "version": "2.0" """ + Previous, """ "version": "2.0" """ + Previous.Replace("\"from\": \"other\"", "\"from\": \"other\", \"multiply\": 100", StringComparison.Ordinal), Semantic, "previous/other", "other times 100 instead of other"),
        Response(""" "version": "2.0" """ + Previous, """ "version": "2.0" """ + Previous.Replace("1.0", "1.4", StringComparison.Ordinal), Additive, "previous/version", "1.4 instead of 1.0"),
        Settings(Outcome(90), Outcome(30), Semantic, "outcome/horizon_days", "after 30 days instead of 90"),
        Settings(Outcome(90), Outcome(90).Replace("low", "high", StringComparison.Ordinal), Semantic, "outcome/good", "A high chargeback is good now"),
        Settings(Outcome(90), Outcome(90).Replace("chargeback", "refund", StringComparison.Ordinal), Semantic, "outcome/name", "by refund instead of chargeback"),
        Settings(Outcome(90), Outcome(90).Replace("binary", "count", StringComparison.Ordinal), Semantic, "outcome/kind", "count instead of binary"),
        Settings(Outcome(90), """ "segments": [] """, Semantic, "outcome", "no longer judged"),
        Settings(""" "segments": [] """, Outcome(90), Additive, "outcome", "can be reported and judged"),
        Settings(""" "slo": {"latency_p99_milliseconds": 20}""", """ "slo": {"latency_p99_milliseconds": 50}""", Semantic, "slo/latency_p99_milliseconds", "loosened: 99 % of the answers within 50 ms instead of"),
        Settings(""" "slo": {"latency_p99_milliseconds": 20}""", """ "slo": {"latency_p99_milliseconds": 10}""", Additive, "slo/latency_p99_milliseconds", "tightened"),
        Settings(""" "slo": {"error_rate": 0.001}""", """ "segments": [] """, Semantic, "slo/error_rate", "no longer promises at most 0.1 % errors"),
        Settings(""" "segments": [] """, """ "slo": {"error_rate": 0.001}""", Additive, "slo/error_rate", "nothing was promised before"),
        Settings(""" "segments": [] """, """ "segments": ["country"] """, Additive, "segments/country", "cut by country as well"),
        Settings(""" "segments": ["country"] """, """ "segments": [] """, Semantic, "segments/country", "no longer cut by country"),
        Settings(""" "segments": ["country", "vip"] """, """ "segments": ["vip", "country"] """, Additive, "segments", "another order"),
        Settings(""" "runtime": {"timeout_milliseconds": 100}""", """ "runtime": {"timeout_milliseconds": 50}""", Semantic, "runtime/timeout_milliseconds", "longer than 50 ms are given up"),
        Settings(""" "runtime": {"max_batch": 64}""", """ "runtime": {"max_batch": 32}""", Semantic, "runtime/max_batch", "max batch 32 instead of 64"),
        Settings(""" "runtime": {"threads": 1}""", """ "runtime": {"threads": 2}""", Semantic, "runtime/threads", "threads 2 instead of 1"),
        Settings(""" "runtime": {"memory_megabytes": 512}""", """ "runtime": {"memory_megabytes": 1024}""", Semantic, "runtime/memory_megabytes", "1024 instead of 512"),
    ];

    private static ContractPair Step(string before, string after, string path, string words) => new(Steps, before, after, Semantic, $"preprocessing/{path}".TrimEnd('/'), words);

    private static ContractPair Response(string before, string after, Domain.Contracts.ChangeKind kind, string path, string words) =>
        Settings($$""" "response": {{{before}}} """, $$""" "response": {{{after}}} """, kind, $"response/{path}", words);

    private static ContractPair Settings(string before, string after, Domain.Contracts.ChangeKind kind, string path, string words) => new(Part, before, after, kind, path, words);

    private static string Outcome(int days) => $$""" "outcome": {"name": "chargeback", "kind": "binary", "good": "low", "horizon_days": {{days}}} """;

    private static string Graph(char digit) => $$"""{"op": "onnx", "artifact": "sha256:{{new string(digit, 64)}}"}""";
}
