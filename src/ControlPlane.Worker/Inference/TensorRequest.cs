namespace ControlPlane.Worker.Inference;

/// <summary>The JSON part of an Open Inference Protocol request. Tensor data stays where it is in the body; only its place is kept.</summary>
internal sealed class TensorRequest
{
    public string? Id { get; set; }

    public string? RoutingKey { get; set; }

    /// <summary><c>parameters.response_version</c>.</summary>
    public string? ResponseVersion { get; set; }

    /// <summary><c>parameters.binary_data_output</c>: what outputs do that do not say it themselves.</summary>
    public bool BinaryByDefault { get; set; }

    public List<TensorPart> Inputs { get; } = [];

    /// <summary>Null: all outputs.</summary>
    public List<OutputWish>? Outputs { get; set; }
}

/// <summary>One input. Data is JSON at [DataStart, DataStart + DataLength) of the JSON part, or binary at that place of the whole body.</summary>
internal sealed class TensorPart
{
    public string Name { get; set; } = "";

    public string Datatype { get; set; } = "";

    public long[]? Shape { get; set; }

    public long? BinaryBytes { get; set; }

    public int DataStart { get; set; } = -1;

    public int DataLength { get; set; }
}

/// <summary>One asked output; <paramref name="Binary"/> is null when it does not say.</summary>
internal sealed record OutputWish(string Name, bool? Binary);
