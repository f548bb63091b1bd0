namespace ControlPlane.Domain.Contracts;

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

    /// <summary>Outputs alone: why the model answered as it did, per row.</summary>
    Explanation,
}

/// <summary>What happens to a category value that the contract does not list.</summary>
public enum UnseenPolicy
{
    /// <summary>The row is refused.</summary>
    Reject,

    /// <summary>The value passes as it is; one_hot makes it all zeros.</summary>
    Accept,

    /// <summary>The value counts as missing from here on, so that impute may fill it.</summary>
    Missing,
}

/// <summary>Datatype (an Open Inference Protocol name such as FP32) and shape of a raw tensor; -1 is a free axis.</summary>
public sealed record TensorShape(string Datatype, IReadOnlyList<long> Shape);

/// <summary>One input of the contract.</summary>
/// <param name="Values">Allowed values of a category.</param>
/// <param name="Tensor">Set for <see cref="FieldType.Tensor"/> alone.</param>
/// <param name="AllowedNumbers">Allowed values of a number or integer; in JSON <c>values</c> too.</param>
/// <param name="MaxLength">Most characters of a category or text.</param>
/// <param name="Monitored">Whether its distribution is compared with the baseline. Raw tensors never are.</param>
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
    TensorShape? Tensor = null,
    IReadOnlyList<double>? AllowedNumbers = null,
    int? MaxLength = null,
    bool Monitored = true);
