using System.Collections.Frozen;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>One output of the contract: which of the asked tensors it is taken from.</summary>
/// <param name="TensorPlace">Place among the asked tensors.</param>
/// <param name="Type">Element type of that tensor.</param>
internal sealed record OutputPlan(OutputField Field, int TensorPlace, ElementType Type)
{
    public PostprocessingPlan Postprocessing { get; } = new(Field);

    /// <summary>The labels, for looking up; null without any.</summary>
    public FrozenSet<string>? Labels { get; } = Field.Labels?.ToFrozenSet(StringComparer.Ordinal);

    public bool IsRaw => Field.Type == FieldType.Tensor;

    /// <summary>Kept as text per row; an explanation as its JSON.</summary>
    public bool IsText => Field.Type is FieldType.Category or FieldType.Text or FieldType.Explanation;

    /// <summary>Whether the labels are those of the tensor's columns, and not what its values count through.</summary>
    public bool LabelsColumns => Field.Labels is not null && (!IsText || Postprocessing.IsArgmax);

    /// <summary>The values came in single precision and are answered as they came, so the shortest text of that says all of them.</summary>
    public bool IsSingle => Type is ElementType.Float32 or ElementType.Float16 && Postprocessing.IsEmpty;
}
