using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>Contracts out of a model's signature alone.</summary>
public static class ContractInference
{
    /// <summary>The contract of a model that came without one: every tensor in and out as it is, no policy. So any ONNX model serves.</summary>
    public static ContractReading FromSignature(OnnxGraph graph)
    {
        var problems = new List<Problem>();
        var inputs = graph.Inputs.Select(port => InputOf(port, problems)).ToList();
        var outputs = graph.Outputs.Select(port => OutputOf(port, problems)).ToList();
        if (inputs.Count == 0) problems.Add(new("artifact", "has no inputs"));
        if (outputs.Count == 0) problems.Add(new("artifact", "has no outputs"));
        return problems.Count > 0 ? new(null, problems) : Readable(new(inputs, [], new(), outputs, null, new(), null, [], null));
    }

    /// <summary>
    /// A contract to start writing from: single columns become numbers, integers, texts and booleans, narrow matrices a number per column, class
    /// probabilities a score. It fits the model. Meaning, units and thresholds are nobody's to guess, so there are none.
    /// </summary>
    public static ContractReading Draft(OnnxGraph graph)
    {
        var asItIs = FromSignature(graph);
        return asItIs.IsRead ? Readable(new SignatureDraft(graph).ToContract()) : asItIs;
    }

    internal static InputField InputOf(GraphPort port, List<Problem> problems) =>
        new(port.Name, FieldType.Tensor, Tensor: ShapeOf(port, "input", problems), Monitored: false);

    internal static OutputField OutputOf(GraphPort port, List<Problem> problems) =>
        new(FreeName(port.Name), port.Name, null, FieldType.Tensor, Shape: ShapeOf(port, "output", problems));

    /// <summary>A tensor may have a name that every answer has a field of.</summary>
    internal static string FreeName(string tensor) => OutputReader.IsReserved(tensor) ? $"{tensor}_output" : tensor;

    /// <summary>What is stored must be readable again: a graph with more inputs, or longer names, than a contract may have is refused here and not on a node.</summary>
    private static ContractReading Readable(Contract contract)
    {
        var reading = ContractReader.Read(ContractCanonicalForm.Write(contract));
        return reading.IsRead ? new(contract, []) : new(null, [.. reading.Problems.Select(problem => new Problem("artifact", $"has a signature that no contract can hold: {problem}"))]);
    }

    private static TensorShape? ShapeOf(GraphPort port, string role, List<Problem> problems)
    {
        // A list of maps comes out as a matrix with one column per key.
        if (port.Kind == PortKind.MapSequence && role == "output") return new("FP32", [-1, -1]);
        var datatype = port.Kind == PortKind.Tensor ? TensorDatatype.OfOnnx(port.ElementType) : null;
        if (datatype is not null) return new(datatype, port.Shape ?? []);
        problems.Add(new("artifact", port.Kind switch
        {
            PortKind.Tensor => $"{role} {port.Name} has the element type {port.ElementType}, which has no name in the protocol",
            PortKind.MapSequence => $"{role} {port.Name} is a list of maps, which cannot be sent",
            PortKind.Other => $"{role} {port.Name} is no tensor",
        }));
        return null;
    }
}
