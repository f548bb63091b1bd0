namespace ControlPlane.Worker.Tests.Serving;

/// <summary>Contracts of the models beside the tests.</summary>
internal static class TestContracts
{
    public const string Scorer = """
        {
          "inputs": [
            {"name": "amount", "type": "number", "min": 0, "max": 100000},
            {"name": "tenure", "type": "number", "required": false},
            {"name": "country", "type": "category", "values": ["DE", "FR", "US"]}
          ],
          "runtime": {"max_batch": 8, "timeout_milliseconds": 20000},
          "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1}],
          "policy": {"score": "score", "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.5, "decision": "review"}], "otherwise": "allow"},
          "segments": ["country"]
        }
        """;

    /// <summary>Three columns put together into one tensor; b is 7 when it is missing.</summary>
    public const string Dense = """
        {
          "inputs": [{"name": "a", "type": "number"}, {"name": "b", "type": "integer", "required": false}, {"name": "c", "type": "boolean"}],
          "preprocessing": [{"op": "impute", "feature": "b", "value": 7}, {"op": "assemble", "tensor": "x", "datatype": "FP32", "columns": ["a", "b", "c"]}],
          "outputs": [{"name": "y", "tensor": "y", "type": "number", "min": 0, "max": 1}]
        }
        """;

    public const string DenseRaw = """
        {
          "inputs": [{"name": "x", "type": "tensor", "datatype": "FP32", "shape": [-1, 3]}],
          "outputs": [{"name": "y", "tensor": "y", "type": "tensor", "datatype": "FP32", "shape": [-1, 1]}]
        }
        """;

    /// <summary>The logarithm of x, promised to lie in [-1, 1]: x of 100 breaks the range, x of -1 is NaN.</summary>
    public const string Log = """
        {
          "inputs": [{"name": "x", "type": "number"}],
          "outputs": [{"name": "y", "tensor": "y", "type": "number", "min": -1, "max": 1}]
        }
        """;

    public const string Divide = """
        {
          "inputs": [{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}],
          "runtime": {"timeout_milliseconds": 20000},
          "outputs": [{"name": "y", "tensor": "y", "type": "integer"}]
        }
        """;

    /// <summary>Takes longer than it may for a large number of rounds.</summary>
    public static string Endless(int timeoutMilliseconds) => $$"""
        {
          "inputs": [{"name": "rounds", "type": "integer", "min": 1}],
          "runtime": {"timeout_milliseconds": {{timeoutMilliseconds}}},
          "outputs": [{"name": "y", "tensor": "y", "type": "number"}]
        }
        """;

    /// <summary>The model that answers what it is given: a, b and c become its logits, its class numbers, its codes. A value left out is NaN there.</summary>
    public static string Columns(string outputs, string more = "") => $$"""
        {
          "inputs": [
            {"name": "a", "type": "number", "required": false}, {"name": "b", "type": "number", "required": false}, {"name": "c", "type": "number", "required": false},
            {"name": "country", "type": "category", "values": ["DE", "FR", "US"], "required": false}, {"name": "vip", "type": "boolean", "required": false}
          ],
          "preprocessing": [{"op": "assemble", "tensor": "x", "datatype": "FP32", "columns": ["a", "b", "c"]}],
          "runtime": {"max_batch": 2, "timeout_milliseconds": 20000},
          "outputs": [{{outputs}}]{{more}}
        }
        """;
}
