namespace ControlPlane.Worker.Inference;

/// <summary>Limits of the inference endpoints.</summary>
public sealed record InferenceSettings(int MaxBodyBytes = 64 * 1024 * 1024, string ServerVersion = "0.1.0");
