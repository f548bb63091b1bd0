using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Engines;

/// <summary>An open model, wherever it runs. Any number of callers may run it at once.</summary>
public interface IEngine : IAsyncDisposable
{
    /// <summary>What <see cref="Prepare"/> takes.</summary>
    IReadOnlyList<TensorSignature> Inputs { get; }

    IReadOnlyList<TensorSignature> Outputs { get; }

    /// <summary>Runs what stands before the model and gives the model's own inputs; where nothing does, what it is given. Throws as <see cref="Run"/> does.</summary>
    ValueTask<NamedTensor[]> Prepare(NamedTensor[] inputs, CancellationToken cancellation) => new(inputs);

    /// <summary>
    /// Runs the model on its own inputs and gives the asked outputs in the order asked. Throws <see cref="OrtException"/> with the runtime's text,
    /// <see cref="EngineDiedException"/> when its process ended, OperationCanceledException when cancelled.
    /// </summary>
    ValueTask<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation);
}
