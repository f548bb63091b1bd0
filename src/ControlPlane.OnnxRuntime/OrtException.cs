namespace ControlPlane.OnnxRuntime;

/// <summary>An error of ONNX Runtime with its code and its own text, or a refusal of this binding in the same form.</summary>
public sealed class OrtException(OrtErrorCode code, string text) : Exception(text)
{
    public OrtErrorCode Code { get; } = code;
}
