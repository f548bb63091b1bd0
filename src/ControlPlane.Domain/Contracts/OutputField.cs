namespace ControlPlane.Domain.Contracts;

/// <summary>One output: where it is found in the model's tensors and what it means.</summary>
/// <param name="Index">The column of a [rows, n] tensor; null takes the whole tensor.</param>
/// <param name="Labels">Classes in the order of the tensor's columns. On a category they turn a class number into its name; on a number they say what the columns are.</param>
/// <param name="Postprocessing">Operations on the row's values of the tensor, in order, before <paramref name="Index"/> takes one (calibrate after it).</param>
/// <param name="Explanation">Set for <see cref="FieldType.Explanation"/> alone.</param>
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
    TensorShape? Shape = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<PostprocessingStep>? Postprocessing = null,
    ExplanationForm? Explanation = null)
{
    public IReadOnlyList<PostprocessingStep> PostprocessingSteps => Postprocessing ?? [];
}

/// <summary>One named, pure operation on a row's values of an output tensor.</summary>
public abstract record PostprocessingStep(string Op);

/// <summary>1 / (1 + e^-x), value by value.</summary>
public sealed record SigmoidStep() : PostprocessingStep("sigmoid");

/// <summary>e^x / Σ e^x over the row.</summary>
public sealed record SoftmaxStep() : PostprocessingStep("softmax");

/// <summary>The place of the largest value of the row, the first of equals; no <c>index</c> goes with it.</summary>
public sealed record ArgmaxStep() : PostprocessingStep("argmax");

/// <summary>A calibration table: straight lines between (from, to), level beyond the ends. <paramref name="From"/> rises strictly.</summary>
public sealed record CalibrateStep(IReadOnlyList<double> From, IReadOnlyList<double> To) : PostprocessingStep("calibrate");

/// <summary>How an explanation tensor reads.</summary>
public enum ExplanationKind
{
    /// <summary>One number per feature: <c>[{"feature": "amount", "attribution": 0.31}, …]</c>, largest magnitude first.</summary>
    Attributions,

    /// <summary>Codes: BYTES as they are, or integers that count through <see cref="ExplanationForm.Codes"/> (negative: none): <c>["R01", …]</c>.</summary>
    ReasonCodes,
}

/// <summary>What an explanation's columns stand for.</summary>
/// <param name="Features">Attributions: the features in the order of the tensor's columns.</param>
/// <param name="Codes">Reason codes that come as integers: what each stands for.</param>
/// <param name="Top">Most entries per row; null: all.</param>
public sealed record ExplanationForm(ExplanationKind Kind, IReadOnlyList<string>? Features = null, IReadOnlyList<string>? Codes = null, int? Top = null);
