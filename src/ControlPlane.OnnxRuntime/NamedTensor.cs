namespace ControlPlane.OnnxRuntime;

/// <summary>A tensor under the name of a model's input or output.</summary>
public readonly record struct NamedTensor(string Name, Tensor Tensor);
