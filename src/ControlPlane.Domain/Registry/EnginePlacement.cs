using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// Decides in which process a model may run. Fail closed: only what is known to bring no process down runs in the serving one; an operator
/// that nobody has looked at runs in a child.
/// </summary>
public static class EnginePlacement
{
    /// <summary>Operators of the default domain that ended no process under tens of thousands of mutants. Div and Mod only over floating numbers.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "Abs", "Add", "And", "ArgMax", "ArgMin", "Cast", "CastLike", "Ceil", "Clip", "Concat", "Constant", "Div", "Elu", "Equal", "Erf", "Exp", "Flatten",
        "Floor", "Gather", "Gelu", "Gemm", "Greater", "GreaterOrEqual", "HardSigmoid", "HardSwish", "Identity", "IsInf", "IsNaN", "LayerNormalization",
        "LeakyRelu", "Less", "LessOrEqual", "Log", "LogSoftmax", "MatMul", "Max", "Mean", "Min", "Mod", "Mul", "Neg", "Not", "Or", "PRelu", "Pow", "Reciprocal",
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare",
        "Relu", "Reshape", "Round", "Selu", "Shape", "Sigmoid", "Sign", "Slice", "Softmax", "Softplus", "Softsign", "Split", "Sqrt", "Squeeze", "Sub", "Sum",
        "Tanh", "TopK", "Transpose", "Unsqueeze", "Where", "Xor",
        "ai.onnx.ml.ArrayFeatureExtractor", "ai.onnx.ml.Binarizer", "ai.onnx.ml.CategoryMapper", "ai.onnx.ml.DictVectorizer", "ai.onnx.ml.FeatureVectorizer",
        "ai.onnx.ml.Imputer", "ai.onnx.ml.LabelEncoder", "ai.onnx.ml.LinearClassifier", "ai.onnx.ml.LinearRegressor", "ai.onnx.ml.Normalizer",
        "ai.onnx.ml.OneHotEncoder", "ai.onnx.ml.SVMClassifier", "ai.onnx.ml.SVMRegressor", "ai.onnx.ml.Scaler", "ai.onnx.ml.TreeEnsembleClassifier",
        "ai.onnx.ml.TreeEnsembleRegressor", "ai.onnx.ml.ZipMap",
    };

    private static readonly HashSet<string> KnownDomains = new(StringComparer.Ordinal) { "ai.onnx", "ai.onnx.ml", "com.microsoft" };

    /// <summary>Where the model runs, and why, in one sentence.</summary>
    public static EnginePlacementDecision Decide(OnnxGraph graph)
    {
        var unknown = graph.Operators.Keys.Where(name => !Harmless.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            return new(EnginePlace.Child, $"Runs in a child process: {string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? " and others" : "")} may end the process it runs in.");
        return graph.Hazards.Count > 0
            ? new(EnginePlace.Child, $"Runs in a child process: {string.Join("; ", graph.Hazards.Take(5))}.")
            : new(EnginePlace.OwnProcess, "Runs in the serving process: every operator is known not to bring a process down.");
    }

    /// <summary>What no model may have, wherever it runs; empty when there is nothing of the kind.</summary>
    public static IReadOnlyList<Problem> FindForbidden(OnnxGraph graph) =>
    [
        .. graph.ExternalData.Select(place => new Problem("artifact", $"refers to data outside the file ({(place.Length == 0 ? "no place given" : place)}); save the model as one file")),
        .. graph.Domains.Where(domain => !KnownDomains.Contains(domain))
            .Select(domain => new Problem("artifact", $"uses operators of the domain {domain}; known are {string.Join(", ", KnownDomains)}")),
        .. graph.Functions.Take(1).Select(name => new Problem("artifact", $"defines functions of its own ({name}); export it with them inlined")),
    ];
}

/// <summary>Where a model runs, and why.</summary>
public sealed record EnginePlacementDecision(EnginePlace Place, string Sentence);
