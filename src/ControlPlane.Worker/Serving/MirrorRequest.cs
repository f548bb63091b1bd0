namespace ControlPlane.Worker.Serving;

/// <summary>A copy of an answered request for a shadow version, with the answer that was sent.</summary>
/// <param name="Version">The version that gets the copy.</param>
/// <param name="Body">The request's own body, as it came.</param>
/// <param name="JsonBytes">Length of the JSON part of an Open Inference Protocol body with binary tensors; the whole body otherwise.</param>
public sealed record MirrorRequest(
    string Model,
    int Version,
    PayloadForm Form,
    ReadOnlyMemory<byte> Body,
    int JsonBytes,
    double[] SentScores,
    string[] SentDecisions);

/// <summary>How a body is written.</summary>
public enum PayloadForm
{
    /// <summary><c>{"instances": [{…}]}</c></summary>
    Rows,

    /// <summary>Open Inference Protocol V2, tensors as JSON or binary.</summary>
    Tensors,
}
