using System.Runtime.InteropServices;
using System.Text;

namespace ControlPlane.OnnxRuntime;

/// <summary>The inputs and outputs of a model by name, with their names in native memory, made once for all runs.</summary>
internal sealed class ModelPorts
{
    private readonly Dictionary<string, (TensorSignature Signature, nint Name)> _inputs;
    private readonly Dictionary<string, (TensorSignature Signature, nint Name)> _outputs;

    // On the pinned heap, so that addresses into it hold as long as this object does.
    private readonly byte[] _names;

    public ModelPorts(IReadOnlyList<TensorSignature> inputs, IReadOnlyList<TensorSignature> outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
        _names = GC.AllocateArray<byte>(inputs.Concat(outputs).Sum(port => Encoding.UTF8.GetByteCount(port.Name) + 1), pinned: true);
        var used = 0;
        _inputs = inputs.ToDictionary(port => port.Name, port => (port, WriteName(port.Name, ref used)));
        _outputs = outputs.ToDictionary(port => port.Name, port => (port, WriteName(port.Name, ref used)));
    }

    public IReadOnlyList<TensorSignature> Inputs { get; }

    public IReadOnlyList<TensorSignature> Outputs { get; }

    public (TensorSignature Signature, nint Name) FindInput(string name) => Find(_inputs, name, "input");

    public (TensorSignature Signature, nint Name) FindOutput(string name) => Find(_outputs, name, "output");

    public static void RefuseUnrunnable(string role, TensorSignature signature, bool runnable)
    {
        if (runnable)
            return;
        var what = signature.Kind == ValueKind.Tensor ? $"a tensor of {signature.Type}" : $"of kind {signature.Kind}";
        throw new OrtException(OrtErrorCode.NotImplemented, $"{role} '{signature.Name}' is {what}, which cannot be passed here.");
    }

    private static (TensorSignature, nint) Find(Dictionary<string, (TensorSignature, nint)> ports, string name, string role) =>
        ports.TryGetValue(name, out var port)
            ? port
            : throw new OrtException(OrtErrorCode.InvalidArgument,
                $"The model has no {role} named '{name}'; it has: {string.Join(", ", ports.Keys)}.");

    private nint WriteName(string name, ref int used)
    {
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_names, used);
        used += Encoding.UTF8.GetBytes(name, _names.AsSpan(used)) + 1;
        return address;
    }
}
