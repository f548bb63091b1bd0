using System.Buffers;

namespace ControlPlane.OnnxRuntime;

/// <summary>The native values and pins of one run; used again for later runs of the same session, by one caller at a time.</summary>
internal sealed unsafe class RunFrame(ModelPorts ports) : IDisposable
{
    private readonly nint[] _inputNames = new nint[ports.Inputs.Count];
    private readonly nint[] _inputValues = new nint[ports.Inputs.Count];
    private readonly nint[] _outputNames = new nint[ports.Outputs.Count];
    private readonly nint[] _outputValues = new nint[ports.Outputs.Count];
    private readonly TensorSignature[] _outputs = new TensorSignature[ports.Outputs.Count];
    private readonly MemoryHandle[] _pins = new MemoryHandle[ports.Inputs.Count + ports.Outputs.Count];
    private int _inputCount;
    private int _outputCount;
    private int _pinCount;
    private OrtHandle? _runOptions;

    public void AddInput(NamedTensor input)
    {
        var (signature, name) = ports.FindInput(input.Name);
        if (Contains(_inputNames, _inputCount, name))
            throw new OrtException(OrtErrorCode.InvalidArgument, $"Input '{signature.Name}' is given twice.");
        ModelPorts.RefuseUnrunnable("Input", signature, signature is { Kind: ValueKind.Tensor, IsRunnable: true });
        _inputValues[_inputCount] = input.Tensor.Open(ref _pins[_pinCount++]);
        _inputNames[_inputCount++] = name;
    }

    /// <summary>Asks for an output that the library allocates.</summary>
    public void AddOutput(string outputName)
    {
        var (signature, name) = ports.FindOutput(outputName);
        ModelPorts.RefuseUnrunnable("Output", signature, signature.IsRunnable);
        AddOutput(signature, name, 0);
    }

    /// <summary>Asks for an output that the library writes into the tensor's own memory.</summary>
    public void AddOutput(NamedTensor output)
    {
        var (signature, name) = ports.FindOutput(output.Name);
        ModelPorts.RefuseUnrunnable("Output", signature, signature is { Kind: ValueKind.Tensor, IsRunnable: true });
        if (output.Tensor.ElementType != signature.Type)
        {
            throw new OrtException(OrtErrorCode.InvalidArgument,
                $"Output '{signature.Name}' is of {signature.Type}, the tensor given for it of {output.Tensor.ElementType}.");
        }
        AddOutput(signature, name, output.Tensor.OpenAsTarget(ref _pins[_pinCount++]));
    }

    /// <summary>Runs a session that the caller holds a lease on.</summary>
    public void Run(nint session, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!cancellation.CanBeCanceled)
        {
            OrtStatus.Check(Run(session, runOptions: 0));
            return;
        }

        _runOptions ??= NewRunOptions();
        nint status;
        using (var options = _runOptions.Use())
        using (cancellation.UnsafeRegister(Terminate, _runOptions))
            status = Run(session, options.Value);
        // The registration is gone here, so nobody sets the flag any more; options that may carry it are not used again.
        if (cancellation.IsCancellationRequested)
        {
            _runOptions.Dispose();
            _runOptions = null;
        }
        if (status == 0)
            return;
        var failure = OrtStatus.Take(status);
        // The library reports a terminated run as a plain failure, so our own wish decides what it was.
        throw cancellation.IsCancellationRequested ? new OperationCanceledException(failure.Message, failure, cancellation) : failure;
    }

    public Tensor ReadOutput(int index) => ValueReader.Read(_outputValues[index], _outputs[index]);

    /// <summary>Copies an output out of the native value, for tensors whose memory the library cannot write to: strings.</summary>
    public void CopyOutput(int index, Tensor target) => target.CopyFrom(_outputValues[index]);

    /// <summary>Sets free every value and pin.</summary>
    public void Clear()
    {
        for (var i = 0; i < _inputCount; i++)
            OrtApi.ReleaseValue(_inputValues[i]);
        for (var i = 0; i < _outputCount; i++)
        {
            if (_outputValues[i] != 0)
                OrtApi.ReleaseValue(_outputValues[i]);
        }
        for (var i = 0; i < _pinCount; i++)
        {
            _pins[i].Dispose();
            _pins[i] = default;
        }
        _inputCount = _outputCount = _pinCount = 0;
    }

    public void Dispose()
    {
        Clear();
        _runOptions?.Dispose();
    }

    private static bool Contains(nint[] names, int count, nint name) => names.AsSpan(0, count).Contains(name);

    private static OrtHandle NewRunOptions()
    {
        nint options;
        OrtStatus.Check(OrtApi.CreateRunOptions(&options));
        return new OrtHandle(options, OrtApi.ReleaseRunOptions);
    }

    private static void Terminate(object? runOptions)
    {
        using var options = ((OrtHandle)runOptions!).Use();
        OrtStatus.Check(OrtApi.RunOptionsSetTerminate(options.Value));
    }

    private void AddOutput(TensorSignature signature, nint name, nint value)
    {
        _outputValues[_outputCount] = value;
        _outputs[_outputCount] = signature;
        _outputNames[_outputCount++] = name;
    }

    private nint Run(nint session, nint runOptions)
    {
        fixed (nint* inputNames = _inputNames, inputs = _inputValues, outputNames = _outputNames, outputs = _outputValues)
        {
            return OrtApi.Run(session, runOptions, inputNames, inputs, (nuint)_inputCount, outputNames, (nuint)_outputCount, outputs);
        }
    }
}
