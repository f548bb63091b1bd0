using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// Whether a contract fits a model's inputs and outputs: the only place where that is judged. A node asks with what its runtime says of the open
/// model; before that a pre-scan's graph is judged alike, and what the file leaves open (a shape that it does not give) is left to the node.
/// </summary>
public static class ContractFit
{
    /// <summary>Where problems of the graph before the model are told; an onnx step is always the only one.</summary>
    public const string GraphPath = "preprocessing/0/artifact";

    /// <summary>Everything that does not fit, with its path in the contract; none when a node may try it.</summary>
    /// <param name="preprocessing">The graph of the contract's onnx step; null when there is no such step or its file is not at hand, and then the model's inputs are not judged.</param>
    public static IReadOnlyList<Problem> Check(Contract contract, OnnxGraph model, OnnxGraph? preprocessing = null)
    {
        if (!HasGraph(contract)) return Check(contract, model.Inputs, model.Outputs);
        return preprocessing is null
            ? CheckOutputs(contract, model.Outputs)
            : [.. Check(contract, preprocessing.Inputs, model.Outputs), .. CheckJoint(preprocessing.Outputs, model.Inputs)];
    }

    /// <summary>Everything that does not fit, with its path in the contract.</summary>
    /// <param name="inputs">Those of what runs first: the graph of the contract's onnx step, else the model.</param>
    /// <param name="outputs">The model's.</param>
    public static IReadOnlyList<Problem> Check(Contract contract, IReadOnlyList<GraphPort> inputs, IReadOnlyList<GraphPort> outputs)
    {
        var problems = new List<Problem>();
        new InputFit(contract, inputs, HasGraph(contract) ? "the preprocessing graph" : "the model", problems).Check();
        return [.. problems, .. CheckOutputs(contract, outputs)];
    }

    /// <summary>Which of the model's inputs the outputs of the graph before it do not fill; they are matched by name.</summary>
    public static IReadOnlyList<Problem> CheckJoint(IReadOnlyList<GraphPort> made, IReadOnlyList<GraphPort> modelInputs) =>
        [.. modelInputs.Select(input => Mismatch(made, input)).OfType<string>().Select(sentence => new Problem(GraphPath, sentence))];

    private static List<Problem> CheckOutputs(Contract contract, IReadOnlyList<GraphPort> outputs)
    {
        var problems = new List<Problem>();
        new OutputFit(outputs, problems).Check(contract.Outputs);
        return problems;
    }

    private static string? Mismatch(IReadOnlyList<GraphPort> made, GraphPort input)
    {
        var wanted = input.Describe();
        if (made.FirstOrDefault(port => port.Name == input.Name) is not { } output)
            return $"the model's input {wanted} is made by no output of the preprocessing graph; those are {string.Join(", ", made.Select(port => port.Describe()))}";
        if (output.Kind != PortKind.Tensor || output.Datatype() is null) return $"the preprocessing graph's output {output.Describe()} cannot be passed on";
        if (output.Datatype() != input.Datatype() || !output.Fits(input.Axes())) return $"the preprocessing graph makes {output.Describe()}, but the model's input is {wanted}";
        return input.Axes() is [> 1 and var rows, ..] ? $"the model's input {wanted} takes {rows} rows at a time; its first axis must be free" : null;
    }

    private static bool HasGraph(Contract contract) => contract.Preprocessing.OfType<OnnxStep>().Any();
}
