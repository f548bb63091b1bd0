namespace ControlPlane.Domain.Registry;

/// <summary>
/// Tells which divisions are over floating numbers. Dividing −2^31 by −1 as 32-bit integers is a processor fault that ends the process,
/// and a mere request can bring those numbers.
/// </summary>
internal static class FloatingDivisions
{
    private static readonly HashSet<string> AlwaysFloating = new(StringComparer.Ordinal)
    {
        "Sigmoid", "Tanh", "Exp", "Log", "Sqrt", "Softmax", "LogSoftmax", "Erf", "Softplus", "HardSigmoid", "Elu", "Selu", "Gelu",
        "ai.onnx.ml.Scaler", "ai.onnx.ml.Normalizer", "ai.onnx.ml.LinearRegressor", "ai.onnx.ml.TreeEnsembleRegressor",
        "ai.onnx.ml.SVMRegressor", "ai.onnx.ml.OneHotEncoder", "ai.onnx.ml.FeatureVectorizer",
    };

    private static readonly HashSet<string> FloatingSecondOutput = new(StringComparer.Ordinal)
    {
        "ai.onnx.ml.LinearClassifier", "ai.onnx.ml.TreeEnsembleClassifier", "ai.onnx.ml.SVMClassifier",
    };

    private static readonly HashSet<string> LikeAnyInput = new(StringComparer.Ordinal)
    {
        "Add", "Sub", "Mul", "Div", "Mod", "Pow", "Neg", "Abs", "Min", "Max", "Sum", "Mean", "MatMul", "Gemm", "Concat", "Identity", "Relu", "LeakyRelu",
        "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp", "Floor", "Ceil", "Round", "Sign",
        "Reciprocal", "ai.onnx.ml.Imputer", "ai.onnx.ml.Binarizer",
    };

    private static readonly HashSet<string> LikeFirstInput = new(StringComparer.Ordinal)
    {
        "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Gather", "Slice", "Expand", "Tile", "Clip", "Split", "TopK", "ai.onnx.ml.ArrayFeatureExtractor",
    };

    /// <summary>One sentence for each operator with divisions that cannot be told to be floating.</summary>
    public static IEnumerable<string> Doubtful(GraphContent graph)
    {
        var floating = graph.Initialisers.Where(pair => IsFloating(pair.Value)).Select(pair => pair.Key)
            .Concat(graph.Inputs.Where(input => input.Kind == PortKind.Tensor && IsFloating(input.ElementType)).Select(input => input.Name))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            foreach (var output in FloatingOutputs(node, floating)) floating.Add(output);
            if (node is { IsDefaultDomain: true, Operator: "Div" or "Mod" } && !node.Inputs.Any(floating.Contains))
                yield return $"{node.Operator} may divide integers, and some of those divisions end the process";
        }
    }

    private static IEnumerable<string> FloatingOutputs(GraphNode node, HashSet<string> floating)
    {
        var name = node.QualifiedName;
        if (FloatingSecondOutput.Contains(name)) return node.Outputs.Skip(1);
        var isFloating = AlwaysFloating.Contains(name)
            || (name is "Cast" or "Constant" or "ConstantOfShape" && (IsFloating(node.NamedType) || (name == "ConstantOfShape" && node.NamedType == 0)))
            || (LikeAnyInput.Contains(name) && (name == "Pow" ? node.Inputs.Take(1) : node.Inputs).Any(floating.Contains))
            || (LikeFirstInput.Contains(name) && node.Inputs.Take(1).Any(floating.Contains))
            || (name == "Where" && node.Inputs.Skip(1).Any(floating.Contains));
        // TopK's second output holds places, which are integers.
        return !isFloating ? [] : name == "TopK" ? node.Outputs.Take(1) : node.Outputs;
    }

    private static bool IsFloating(int elementType) => elementType is 1 or 10 or 11 or 16;
}
