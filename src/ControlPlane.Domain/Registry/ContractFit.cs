using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// Whether a contract fits a model, judged by the model's file alone, so that an upload is refused at once and not by a node. Says what a node
/// would say; what the file leaves open (a shape that it does not give) is left to the node.
/// </summary>
public static class ContractFit
{
    /// <summary>Everything that does not fit, with its path in the contract; none when a node may try it.</summary>
    /// <param name="preprocessing">The graph of the contract's onnx step; null when there is no such step or its file is not at hand, and then the model's inputs are not judged.</param>
    public static IReadOnlyList<Problem> Check(Contract contract, OnnxGraph model, OnnxGraph? preprocessing = null)
    {
        var problems = new List<Problem>();
        var step = contract.Preprocessing.OfType<OnnxStep>().Any();
        if (!step) new InputFit(contract, model.Inputs, "the model", problems).Check();
        else if (preprocessing is not null)
        {
            new InputFit(contract, preprocessing.Inputs, "the preprocessing graph", problems).Check();
            CheckJoint(preprocessing, model, problems);
        }

        new OutputFit(model.Outputs, problems).Check(contract.Outputs);
        return problems;
    }

    /// <summary>The graph's outputs are the model's inputs, by name.</summary>
    private static void CheckJoint(OnnxGraph preprocessing, OnnxGraph model, List<Problem> problems)
    {
        const string path = "preprocessing/0/artifact";
        foreach (var input in model.Inputs)
        {
            var output = preprocessing.Outputs.FirstOrDefault(port => port.Name == input.Name);
            if (output is null)
            {
                problems.Add(new(path, $"the preprocessing graph has no output {input.Name} for the model's input {input.Describe()}; it has {string.Join(", ", preprocessing.Outputs.Select(port => port.Describe()))}"));
            }
            else if (output.Kind != PortKind.Tensor || output.Datatype() is null || output.Datatype() != input.Datatype() || !output.Fits(input.Axes()))
            {
                problems.Add(new(path, $"the preprocessing graph's output is {output.Describe()}, but the model's input is {input.Describe()}"));
            }
        }
    }
}
