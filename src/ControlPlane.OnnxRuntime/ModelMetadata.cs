namespace ControlPlane.OnnxRuntime;

/// <summary>What a model file says about itself; absent texts are empty.</summary>
public sealed record ModelMetadata
{
    public required string Producer { get; init; }

    public required string GraphName { get; init; }

    public required string GraphDescription { get; init; }

    public required string Domain { get; init; }

    public required string Description { get; init; }

    public required long Version { get; init; }

    /// <summary>The author's own keys and values.</summary>
    public required IReadOnlyDictionary<string, string> Custom { get; init; }
}
