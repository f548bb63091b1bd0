using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>What an answered value is on the wire.</summary>
internal enum AnswerKind
{
    /// <summary>A raw tensor, as the model gave it.</summary>
    Raw,

    Text,

    /// <summary>Text that is JSON of its own.</summary>
    Explanation,

    Flag,

    Whole,

    /// <summary>A number in single precision.</summary>
    Single,

    Double,
}

/// <summary>One field of an answer: which column of a batch it is, and what an earlier response version makes of it.</summary>
internal sealed class AnswerField
{
    public const string DecisionName = "decision";
    private const int Decision = -1;
    private readonly int _place;
    private readonly PreviousField? _rendering;

    private AnswerField(string name, int place, AnswerKind kind, PreviousField? rendering)
    {
        (Name, Kind, _place, _rendering) = (name, kind, place, rendering);
        Key = JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    public string Name { get; }

    public JsonEncodedText Key { get; }

    public AnswerKind Kind { get; }

    /// <summary>Set for a raw tensor alone.</summary>
    public TensorShape? RawShape { get; private init; }

    /// <summary>Datatype and shape in the Open Inference Protocol.</summary>
    public (string Datatype, IReadOnlyList<long> Shape) Signature => RawShape is { } raw
        ? (raw.Datatype, raw.Shape)
        : (Kind switch
        {
            AnswerKind.Flag => "BOOL",
            AnswerKind.Whole => "INT64",
            AnswerKind.Single => "FP32",
            AnswerKind.Double => "FP64",
            AnswerKind.Raw or AnswerKind.Text or AnswerKind.Explanation => "BYTES",
        }, [-1]);

    public static AnswerField OfDecision(string name, PreviousField? rendering) => new(name, Decision, AnswerKind.Text, rendering);

    public static AnswerField Of(string name, OutputPlan output, int place, PreviousField? rendering) =>
        new(name, place, KindOf(output, rendering), rendering) { RawShape = output.Field.Shape };

    public string TextOf(PredictionBatch batch, int row)
    {
        var text = _place == Decision ? batch.Decisions[row] : batch.OutputTexts[_place][row];
        return _rendering is null ? text : _rendering.Render(text);
    }

    /// <summary>The row's number, a flag's as 1 and 0. What a scaled one overflows to is refused as an answer of the model would be.</summary>
    public double NumberOf(PredictionBatch batch, int row)
    {
        var number = batch.OutputNumbers[_place][row];
        if (_rendering is not { IsScaled: true }) return number;
        number = _rendering.Render(number);
        if (!double.IsFinite(Kind == AnswerKind.Single ? (float)number : number)) throw AnswerFault.NotFinite(Name);
        return Kind == AnswerKind.Whole && Math.Abs(number) > PayloadRule.LargestInteger
            ? throw AnswerFault.OutOfRange(Name, number, "is no whole number that can be told exactly")
            : number;
    }

    public Tensor RawOf(PredictionBatch batch) => batch.RawOutputs[_place]!;

    private static AnswerKind KindOf(OutputPlan output, PreviousField? rendering) => output.Field.Type switch
    {
        FieldType.Tensor => AnswerKind.Raw,
        FieldType.Explanation => AnswerKind.Explanation,
        FieldType.Category or FieldType.Text => AnswerKind.Text,
        FieldType.Boolean when rendering is not { IsScaled: true } => AnswerKind.Flag,
        FieldType.Integer when rendering is null || (double.IsInteger(rendering.Multiply) && double.IsInteger(rendering.Add)) => AnswerKind.Whole,
        FieldType.Number when output.IsSingle => AnswerKind.Single,
        FieldType.Boolean or FieldType.Integer or FieldType.Number => AnswerKind.Double,
    };
}
