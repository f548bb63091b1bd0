using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>An open session's inputs and outputs as the contract's fit judges them.</summary>
internal static class SignaturePorts
{
    public static IReadOnlyList<GraphPort> ToPorts(this IReadOnlyList<TensorSignature> signatures) => [.. signatures.Select(ToPort)];

    private static GraphPort ToPort(TensorSignature signature) =>
        // The runtime gives a scalar and an unknown rank alike; neither says anything against a declared shape.
        new(signature.Name, KindOf(signature.Kind), (int)signature.Type, signature.Shape.Count == 0 ? null : signature.Shape);

    private static PortKind KindOf(ValueKind kind) => kind switch
    {
        ValueKind.Tensor => PortKind.Tensor,
        ValueKind.MapSequence => PortKind.MapSequence,
        _ => PortKind.Other,
    };
}
