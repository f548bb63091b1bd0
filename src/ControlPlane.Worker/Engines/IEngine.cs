using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Engines;

/// <summary>An open model, wherever it runs. Any number of callers may run it at once.</summary>
public interface IEngine : IAsyncDisposable
{
    IReadOnlyList<TensorSignature> Inputs { get; }

    IReadOnlyList<TensorSignature> Outputs { get; }

    /// <summary>
    /// Runs the model and gives the asked outputs in the order asked. Throws <see cref="OrtException"/> with the runtime's text,
    /// <see cref="EngineDiedException"/> when its process ended, OperationCanceledException when cancelled.
    /// </summary>
    ValueTask<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation);
}
