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
        using var held = _session.Use();
        var frame = TakeFrame();
        try
        {
            AddInputs(frame, inputs);
            for (var i = 0; i < outputNames.Count; i++)
                frame.AddOutput(outputNames[i]);
            frame.Run(held.Value, cancellation);
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
    /// Runs the model into tensors of the caller, without copying and without managed allocation. An output's shape must be the one that the
    /// model gives, else the library refuses it.
    /// </summary>
    public void Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<NamedTensor> outputs, CancellationToken cancellation)
    {
        RefuseMoreThanDeclared(inputs.Count, outputs.Count);
        using var held = _session.Use();
        var frame = TakeFrame();
        try
        {
            AddInputs(frame, inputs);
            for (var i = 0; i < outputs.Count; i++)
                frame.AddOutput(outputs[i]);
            frame.Run(held.Value, cancellation);
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

    /// <summary>
    /// Ties tensors to this session once, to run it many times over their changing contents: the cheapest way to run. Texts cannot be tied.
    /// The tensors stay pinned until the dispose of the answer; arrays made with <c>GC.AllocateArray(pinned: true)</c> spare the collector that.
    /// </summary>
    public BoundRun Bind(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<NamedTensor> outputs)
    {
        RefuseMoreThanDeclared(inputs.Count, outputs.Count);
        if (inputs.Concat(outputs).FirstOrDefault(tensor => tensor.Tensor is StringTensor) is { Tensor: not null } texts)
            throw new ArgumentException($"'{texts.Name}' is a string tensor, which cannot be bound: the library keeps its own copy of texts.");
        var frame = new RunFrame(_ports);
        try
        {
            AddInputs(frame, inputs);
            for (var i = 0; i < outputs.Count; i++)
                frame.AddOutput(outputs[i]);
        }
        catch
        {
            frame.Dispose();
            throw;
        }
        return new BoundRun(_session, frame);
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

    private void AddInputs(RunFrame frame, IReadOnlyList<NamedTensor> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
            frame.AddInput(inputs[i]);
        // The library runs without an input and fails, or worse, only in the node that wants it.
        if (inputs.Count < Inputs.Count)
            throw Missing(inputs);
    }

    private OrtException Missing(IReadOnlyList<NamedTensor> inputs)
    {
        var missing = Inputs.First(port => inputs.All(input => input.Name != port.Name));
        return new OrtException(OrtErrorCode.InvalidArgument, $"Input '{missing.Name}' is missing.");
    }

    private void RefuseMoreThanDeclared(int inputs, int outputs)
    {
        if (inputs > Inputs.Count)
            throw new OrtException(OrtErrorCode.InvalidArgument, $"The model has {Inputs.Count} inputs, {inputs} were given.");
        if (outputs == 0 || outputs > Outputs.Count)
            throw new OrtException(OrtErrorCode.InvalidArgument, $"The model has {Outputs.Count} outputs, {outputs} were asked for.");
    }

    private RunFrame TakeFrame() => _frames.TryDequeue(out var frame) ? frame : new RunFrame(_ports);

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
