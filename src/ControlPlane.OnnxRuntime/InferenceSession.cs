using System.Collections.Concurrent;

namespace ControlPlane.OnnxRuntime;

/// <summary>
/// A loaded model. Any number of callers may run it at once; a dispose lets the runs under way end and then sets the model free.
/// </summary>
public sealed class InferenceSession : IDisposable
{
    private readonly OrtHandle _session;
    private readonly ModelPorts _ports;
    private readonly ConcurrentQueue<RunFrame> _frames = new();
    private volatile bool _disposed;

    private InferenceSession(OrtHandle session)
    {
        _session = session;
        using var held = session.Use();
        _ports = new ModelPorts(SignatureReader.ReadInputs(held.Value), SignatureReader.ReadOutputs(held.Value));
        Metadata = MetadataReader.Read(held.Value);
    }

    public IReadOnlyList<TensorSignature> Inputs => _ports.Inputs;

    public IReadOnlyList<TensorSignature> Outputs => _ports.Outputs;

    public ModelMetadata Metadata { get; }

    /// <summary>
    /// Loads a model from its bytes, which are not needed afterwards. A model in bytes has no folder, so external data is refused.
    /// Cancelling is best effort: the library looks at it between its own steps.
    /// </summary>
    public static InferenceSession Load(ReadOnlyMemory<byte> model, SessionOptions options, CancellationToken cancellation) =>
        Own(SessionLoader.Load(model, options, cancellation));

    /// <summary>Loads a model from a file; external data is taken from the file's own folder and nowhere else.</summary>
    public static InferenceSession LoadFile(string path, SessionOptions options, CancellationToken cancellation) =>
        Own(SessionLoader.LoadFile(path, options, cancellation));

    /// <summary>
    /// Runs the model and copies the asked outputs, in the order asked, into new tensors. Cancelling stops the run between two operators.
    /// </summary>
    public IReadOnlyList<NamedTensor> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation)
    {
        RefuseMoreThanDeclared(inputs.Count, outputNames.Count);
        var frame = TakeFrame();
        try
        {
            AddInputs(frame, inputs);
            for (var i = 0; i < outputNames.Count; i++)
                frame.AddOutput(outputNames[i]);
            frame.Run(_session, cancellation);
            var outputs = new NamedTensor[outputNames.Count];
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = new NamedTensor(outputNames[i], frame.ReadOutput(i));
            return outputs;
        }
        finally
        {
            ReturnFrame(frame);
        }
    }

    /// <summary>
    /// Runs the model into tensors of the caller, without copying and without allocating: for the hot path. An output's shape must be the one
    /// that the model gives, else the library refuses it.
    /// </summary>
    public void Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<NamedTensor> outputs, CancellationToken cancellation)
    {
        RefuseMoreThanDeclared(inputs.Count, outputs.Count);
        var frame = TakeFrame();
        try
        {
            AddInputs(frame, inputs);
            for (var i = 0; i < outputs.Count; i++)
                frame.AddOutput(outputs[i]);
            frame.Run(_session, cancellation);
            for (var i = 0; i < outputs.Count; i++)
            {
                if (outputs[i].Tensor is StringTensor strings)
                    frame.CopyOutput(i, strings);
            }
        }
        finally
        {
            ReturnFrame(frame);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
        DropFrames();
    }

    private static InferenceSession Own(OrtHandle session)
    {
        try
        {
            return new InferenceSession(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void AddInputs(RunFrame frame, IReadOnlyList<NamedTensor> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
            frame.AddInput(inputs[i]);
    }

    private void RefuseMoreThanDeclared(int inputs, int outputs)
    {
        if (inputs > Inputs.Count)
            throw new OrtException(OrtErrorCode.InvalidArgument, $"The model has {Inputs.Count} inputs, {inputs} were given.");
        if (outputs == 0 || outputs > Outputs.Count)
            throw new OrtException(OrtErrorCode.InvalidArgument, $"The model has {Outputs.Count} outputs, {outputs} were asked for.");
    }

    private RunFrame TakeFrame()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _frames.TryDequeue(out var frame) ? frame : new RunFrame(_ports);
    }

    private void ReturnFrame(RunFrame frame)
    {
        frame.Clear();
        _frames.Enqueue(frame);
        // After a dispose meanwhile nobody else empties the queue.
        if (_disposed)
            DropFrames();
    }

    private void DropFrames()
    {
        while (_frames.TryDequeue(out var frame))
            frame.Dispose();
    }
}
