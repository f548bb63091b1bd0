using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>
/// Looks at what lies between the stages of a run: golden samples and trials ask for it, requests do not. Called once per run of the engine, in the
/// order of the stages; what it is given belongs to the batch and is written again by the next run.
/// </summary>
internal interface IStageWatch
{
    /// <summary>The rows are checked and prepared; these are the model's own input tensors. Nothing has run yet.</summary>
    void Prepared(PredictionBatch batch, NamedTensor[] feeds);

    /// <summary>The model has answered; nothing is postprocessed or checked yet.</summary>
    /// <param name="names">The model's output tensors that the contract's outputs ask for.</param>
    void Answered(IReadOnlyList<string> names, IReadOnlyList<NamedTensor> tensors);
}
