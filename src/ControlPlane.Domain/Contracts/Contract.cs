namespace ControlPlane.Domain.Contracts;

/// <summary>Everything beside the artifact's bytes that must be true for a version to predict rightly. Immutable; its canonical form is hashed.</summary>
public sealed record Contract(
    IReadOnlyList<InputField> Inputs,
    IReadOnlyList<PreprocessingStep> Preprocessing,
    RuntimeSettings Runtime,
    IReadOnlyList<OutputField> Outputs,
    DecisionPolicy? Policy,
    string ResponseVersion,
    ServiceLevel? Slo,
    IReadOnlyList<string> Segments,
    OutcomeDefinition? Outcome);

/// <summary>Type of one input or output.</summary>
public enum FieldType
{
    Number,
    Integer,
    Boolean,
    Category,
    Text,

    /// <summary>A raw tensor: datatype and shape, no meaning per column.</summary>
    Tensor,
}

/// <summary>What happens to a category value that the contract does not list.</summary>
public enum UnseenPolicy
{
    /// <summary>The row is refused.</summary>
    Reject,

    /// <summary>The value reaches the model as it is.</summary>
    Accept,
}

/// <summary>Datatype (an Open Inference Protocol name such as FP32) and shape of a raw tensor; -1 is a free axis.</summary>
public sealed record TensorShape(string Datatype, IReadOnlyList<long> Shape);

/// <summary>One input of the contract. <paramref name="Tensor"/> is set for <see cref="FieldType.Tensor"/> alone.</summary>
public sealed record InputField(
    string Name,
    FieldType Type,
    bool Required = true,
    double? Min = null,
    double? Max = null,
    IReadOnlyList<string>? Values = null,
    UnseenPolicy Unseen = UnseenPolicy.Reject,
    string? Unit = null,
    string? Description = null,
    TensorShape? Tensor = null);

/// <summary>One named, pure operation over columns.</summary>
public abstract record PreprocessingStep(string Op);

/// <summary>A missing value of <paramref name="Feature"/> becomes the number or the text given (exactly one is set).</summary>
public sealed record ImputeStep(string Feature, double? Number, string? Text) : PreprocessingStep("impute");

/// <summary>Builds one tensor [rows, columns] out of numeric columns, in the order given.</summary>
public sealed record AssembleStep(string Tensor, string Datatype, IReadOnlyList<string> Columns) : PreprocessingStep("assemble");

/// <summary>How the artifact runs.</summary>
public sealed record RuntimeSettings(
    string Format = "onnx",
    int Threads = 1,
    int MaxBatch = 64,
    int MaxDelayMicroseconds = 0,
    int TimeoutMilliseconds = 1000,
    int MemoryMegabytes = 512);

/// <summary>One output: where it is found in the model's tensors and what it means. <paramref name="Index"/> is the column of a [rows, n] tensor; null takes the whole tensor.</summary>
public sealed record OutputField(
    string Name,
    string Tensor,
    int? Index,
    FieldType Type,
    double? Min = null,
    double? Max = null,
    string? Unit = null,
    string? Meaning = null,
    string? Direction = null,
    TensorShape? Shape = null);

/// <summary>Turns the score into a decision: the first band (highest threshold first) whose threshold the score reaches, otherwise <paramref name="Otherwise"/>.</summary>
public sealed record DecisionPolicy(string Score, IReadOnlyList<DecisionBand> Bands, string Otherwise)
{
    /// <summary>The decision for a score: a threshold that is met exactly counts as reached.</summary>
    public string Decide(double score)
    {
        for (var i = 0; i < Bands.Count; i++)
        {
            if (score >= Bands[i].AtLeast) return Bands[i].Decision;
        }

        return Otherwise;
    }
}

/// <summary>A score of at least <paramref name="AtLeast"/> gets <paramref name="Decision"/>.</summary>
public sealed record DecisionBand(double AtLeast, string Decision);

/// <summary>What the version promises to its callers.</summary>
public sealed record ServiceLevel(double? LatencyP99Milliseconds, double? ErrorRate);

/// <summary>What really happens later, and when it is known.</summary>
public sealed record OutcomeDefinition(string Name, string Kind, string Good, int HorizonDays);

/// <summary>One thing wrong with a document or a row: where, and a sentence a person understands.</summary>
public sealed record Problem(string Path, string Sentence)
{
    public override string ToString() => Path.Length == 0 ? Sentence : $"{Path}: {Sentence}";
}
