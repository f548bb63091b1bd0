using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>One output of the contract: which of the asked tensors it is taken from.</summary>
/// <param name="TensorPlace">Place among the asked tensors.</param>
/// <param name="Type">Element type of that tensor.</param>
internal sealed record OutputPlan(OutputField Field, int TensorPlace, ElementType Type)
{
    public bool IsRaw => Field.Type == FieldType.Tensor;

    public bool IsText => Field.Type is FieldType.Category or FieldType.Text;

    /// <summary>The values came in single precision, so the shortest text of that says all of them.</summary>
    public bool IsSingle => Type is ElementType.Float32 or ElementType.Float16;
}
