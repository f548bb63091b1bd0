using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>The contract of a model that came without one: every tensor in and out as it is, no policy. So any ONNX model serves.</summary>
public static class ContractInference
{
    public static ContractReading FromSignature(OnnxGraph graph)
    {
        var problems = new List<Problem>();
        var inputs = graph.Inputs.Select(port => new InputField(port.Name, FieldType.Tensor, Tensor: ShapeOf(port, "input", problems))).ToList();
        var outputs = graph.Outputs.Select(port => new OutputField(port.Name, port.Name, null, FieldType.Tensor, Shape: ShapeOf(port, "output", problems))).ToList();
        if (inputs.Count == 0) problems.Add(new("artifact", "has no inputs"));
        if (outputs.Count == 0) problems.Add(new("artifact", "has no outputs"));
        return problems.Count > 0 ? new(null, problems) : new(new(inputs, [], new(), outputs, null, new(), null, [], null), []);
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
