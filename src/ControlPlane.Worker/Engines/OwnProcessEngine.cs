using ControlPlane.OnnxRuntime;
using SessionOptions = ControlPlane.OnnxRuntime.SessionOptions;

namespace ControlPlane.Worker.Engines;

/// <summary>The model in this process: only for models whose every operator is known to bring no process down.</summary>
public sealed class OwnProcessEngine : IEngine
{
    private readonly InferenceSession _session;

    private OwnProcessEngine(InferenceSession session) => _session = session;

    public IReadOnlyList<TensorSignature> Inputs => _session.Inputs;

    public IReadOnlyList<TensorSignature> Outputs => _session.Outputs;

    public static OwnProcessEngine Open(string artifactPath, int threads, CancellationToken cancellation) =>
        new(InferenceSession.LoadFile(artifactPath, new SessionOptions(threads), cancellation));

    public ValueTask<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation) =>
        new(_session.Run(inputs, outputNames, cancellation));

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }
}
