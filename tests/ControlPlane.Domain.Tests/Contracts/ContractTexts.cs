namespace ControlPlane.Domain.Tests.Contracts;

internal static class ContractTexts
{
    public const string Full = """
        {
          "inputs": [
            {"name": "amount", "type": "number", "unit": "EUR", "min": 0, "max": 100000, "required": true},
            {"name": "country", "type": "category", "values": ["DE", "FR", "US"], "unseen": "reject"},
            {"name": "tenure_days", "type": "integer", "min": 0, "required": false, "description": "since the first order"},
            {"name": "returning", "type": "boolean"}
          ],
          "preprocessing": [
            {"op": "impute", "feature": "tenure_days", "value": 0},
            {"op": "assemble", "tensor": "features", "datatype": "FP32", "columns": ["amount", "tenure_days", "returning"]}
          ],
          "runtime": {"format": "onnx", "threads": 1, "max_batch": 64, "max_delay_microseconds": 0, "timeout_milliseconds": 50, "memory_megabytes": 512},
          "outputs": [
            {"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1,
             "meaning": "probability of a chargeback within 90 days – größer ist schlechter", "direction": "higher_is_riskier"}
          ],
          "policy": {"score": "score", "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.6, "decision": "review"}], "otherwise": "allow"},
          "response": {"version": "1.0"},
          "slo": {"latency_p99_milliseconds": 20, "error_rate": 0.001},
          "segments": ["country"],
          "outcome": {"name": "chargeback", "kind": "binary", "good": "low", "horizon_days": 90}
        }
        """;

    public const string Smallest = """
        {"inputs": [{"name": "x", "type": "number"}], "outputs": [{"name": "p", "tensor": "t", "type": "number", "min": 0, "max": 1}]}
        """;

    /// <summary>A required number x, an optional number o, a category c, the output p in [0, 1], and one part more.</summary>
    public static string SmallestWith(string part) => $$"""
        {"inputs": [{"name": "x", "type": "number"}, {"name": "o", "type": "number", "required": false}, {"name": "c", "type": "category", "values": ["a", "b"]}],
         "outputs": [{"name": "p", "tensor": "t", "type": "number", "min": 0, "max": 1}], {{part}}}
        """;
}
