namespace ControlPlane.Domain.Registry;

/// <summary>The bytes are not an ONNX model, or one beyond the limits of the scan. Never leaves <see cref="OnnxGraphScan"/>.</summary>
internal sealed class OnnxFormatException(string sentence) : Exception(sentence);
