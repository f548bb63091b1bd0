namespace ControlPlane.OnnxRuntime;

/// <summary>What a model file says about itself; absent texts are empty.</summary>
public sealed record ModelMetadata(
    string Producer,
    string GraphName,
    string GraphDescription,
    string Domain,
    string Description,
    long Version,
    IReadOnlyDictionary<string, string> Custom);
