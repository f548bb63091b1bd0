using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>Makes a contract of an MLflow signature and the graph's own ports. What they do not tell is told as a problem, never guessed.</summary>
internal sealed class MlflowContract(OnnxGraph graph, List<string> carried, List<string> notCarried, List<Problem> problems)
{
    public Contract Make(IReadOnlyList<MlflowField>? signature)
    {
        var (inputs, steps) = Inputs(signature);
        var outputs = GraphContract.Outputs(graph, problems);
        carried.Add($"outputs: the {outputs.Count} of the graph, as raw tensors");
        return new(inputs, steps, new(), outputs, null, new(), null, [], null);
    }

    private (IReadOnlyList<InputField> Inputs, IReadOnlyList<PreprocessingStep> Steps) Inputs(IReadOnlyList<MlflowField>? signature)
    {
        if (signature is null) return Raw("there is no signature");
        if (signature.All(field => field.Tensor is not null)) return (Tensors(signature), []);
        return signature.Any(field => field.Name is null) ? Raw("the signature's columns have no names") : Columns(signature);
    }

    private (IReadOnlyList<InputField> Inputs, IReadOnlyList<PreprocessingStep> Steps) Raw(string reason)
    {
        carried.Add($"inputs: those of the graph, as raw tensors, because {reason}");
        return (GraphContract.Inputs(graph, problems), []);
    }

    private IReadOnlyList<InputField> Tensors(IReadOnlyList<MlflowField> signature)
    {
        var inputs = GraphContract.Inputs(graph, problems);
        // One tensor without a name can only be the one of the graph.
        var isOnly = signature.Count == 1 && inputs.Count == 1 && signature[0].Name is null;
        foreach (var (i, field) in signature.Index())
        {
            if (isOnly || inputs.Any(input => input.Name == field.Name)) continue;
            problems.Add(new("inputs", $"the signature's input {i} ({field.Name ?? "without a name"}) is no input of the graph, which has {Describe()}"));
        }

        carried.Add("inputs: the signature's tensors, with datatype and shape of the graph");
        return inputs;
    }

    private (IReadOnlyList<InputField> Inputs, IReadOnlyList<PreprocessingStep> Steps) Columns(IReadOnlyList<MlflowField> signature)
    {
        foreach (var field in signature.Where(field => field.FieldType is null))
            notCarried.Add($"MLmodel: the column {field.Name}: a contract has no type for {field.Type}");
        var inputs = signature.Where(field => field.FieldType is not null).Select(field => new InputField(field.Name!, field.FieldType!.Value, field.Required)).ToList();
        var whole = inputs.Count == signature.Count;
        var names = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (whole && names.SetEquals(graph.Inputs.Select(port => port.Name)))
        {
            carried.Add($"inputs: the signature's {inputs.Count} columns, each for the model's input of its name");
            return (inputs, []);
        }

        if (whole && MatrixOf(inputs) is { } datatype)
        {
            carried.Add($"inputs: the signature's {inputs.Count} columns, assembled in its order to the model's input {graph.Inputs[0].Name}");
            return (inputs, [new AssembleStep(graph.Inputs[0].Name, datatype, [.. inputs.Select(input => input.Name)])]);
        }

        carried.Add($"inputs: the signature's {inputs.Count} columns; how they fill the model's inputs has to be written");
        problems.Add(new("inputs", $"the signature's columns are {string.Join(", ", signature.Take(20).Select(field => field.Name))}{(signature.Count > 20 ? ", …" : "")}, and the model takes {Describe()}: write the steps between them"));
        return (inputs, []);
    }

    /// <summary>The datatype of the one matrix that all the columns fill side by side; null when there is no such thing.</summary>
    private string? MatrixOf(List<InputField> inputs)
    {
        if (graph.Inputs is not [{ Kind: PortKind.Tensor } port] || inputs.Exists(input => input.Type == FieldType.Text)) return null;
        var datatype = TensorDatatype.OfOnnx(port.ElementType);
        if (datatype is null || !TensorDatatype.IsFloating(datatype)) return null;
        return port.Shape is [_, var width] && (width == inputs.Count || width == -1) ? datatype : null;
    }

    private string Describe() => string.Join(", ", graph.Inputs.Select(port =>
        $"{port.Name} ({TensorDatatype.OfOnnx(port.ElementType) ?? port.Kind.ToString()}{(port.Shape is null ? "" : $" [{string.Join(", ", port.Shape)}]")})"));
}
