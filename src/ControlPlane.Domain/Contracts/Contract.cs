namespace ControlPlane.Domain.Contracts;

/// <summary>Everything beside the artifact's bytes that must be true for a version to predict rightly. Immutable; its canonical form is hashed.</summary>
public sealed record Contract(
    IReadOnlyList<InputField> Inputs,
    IReadOnlyList<PreprocessingStep> Preprocessing,
    RuntimeSettings Runtime,
    IReadOnlyList<OutputField> Outputs,
    DecisionPolicy? Policy,
    ResponseForm Response,
    ServiceLevel? Slo,
    IReadOnlyList<string> Segments,
    OutcomeDefinition? Outcome)
{
    /// <summary>major.minor of the answer's form.</summary>
    public string ResponseVersion => Response.Version;
}

/// <summary>How the artifact runs.</summary>
public sealed record RuntimeSettings(
    string Format = "onnx",
    int Threads = 1,
    int MaxBatch = 64,
    int MaxDelayMicroseconds = 0,
    int TimeoutMilliseconds = 1000,
    int MemoryMegabytes = 512);

/// <summary>What the version promises to its callers.</summary>
public sealed record ServiceLevel(double? LatencyP99Milliseconds, double? ErrorRate);

/// <summary>What really happens later, and when it is known.</summary>
public sealed record OutcomeDefinition(string Name, string Kind, string Good, int HorizonDays);

/// <summary>One thing wrong with a document or a row: where, and a sentence a person understands.</summary>
public sealed record Problem(string Path, string Sentence)
{
    public override string ToString() => Path.Length == 0 ? Sentence : $"{Path}: {Sentence}";
}
