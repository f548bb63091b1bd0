using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Serving;

/// <summary>A contract matched with its model once, so that a request only follows it.</summary>
/// <param name="Preparation">What is done to the columns before the engine runs.</param>
/// <param name="TensorNames">The model's outputs that are asked for; others are not computed into managed memory.</param>
/// <param name="RowsPerRun">Most rows of one run; requests with more are run in several.</param>
/// <param name="ScorePlace">Place of the output that is counted as the score; -1 when there is none.</param>
internal sealed record ServingPlan(
    Contract Contract,
    PreparationPlan Preparation,
    FieldPlan[] Fields,
    TensorFeed[] Feeds,
    OutputPlan[] Outputs,
    string[] TensorNames,
    int RowsPerRun,
    int ScorePlace)
{
    /// <summary>Tensors pass as they are: their first axis need not be rows, so that nothing is split.</summary>
    public bool IsRaw { get; } = Array.Exists(Fields, field => field.IsRaw) || Array.Exists(Outputs, output => output.IsRaw);

    /// <summary>Null without a policy.</summary>
    public DecisionPlan? Decisions { get; } = DecisionPlan.Of(Contract);

    /// <summary>The answer's form for those who ask for none, or for its own major.</summary>
    public AnswerForm Present { get; } = AnswerForm.PresentOf(Contract, Outputs);

    /// <summary>The form of the major before; null when it is no longer served.</summary>
    public AnswerForm? Previous { get; } = AnswerForm.PreviousOf(Contract, Outputs);

    /// <summary>Answers of an engine child go to its node, which checks them itself.</summary>
    public bool AllowsNotFinite { get; init; }
}
