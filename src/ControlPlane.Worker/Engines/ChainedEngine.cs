using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Engines;

/// <summary>A model behind the graph of its contract's onnx step: the graph's outputs are the model's inputs, by name.</summary>
internal sealed class ChainedEngine : IEngine
{
    private readonly IEngine _graph;
    private readonly IEngine _model;
    private readonly string[] _names;

    private ChainedEngine(IEngine graph, IEngine model)
    {
        (_graph, _model) = (graph, model);
        _names = [.. model.Inputs.Select(input => input.Name)];
        // What takes one row at a time behind the graph takes one row at a time as a whole.
        var takesOneRow = model.Inputs.Any(input => input.Shape is [1, ..]);
        Inputs = takesOneRow ? [.. graph.Inputs.Select(OneRow)] : graph.Inputs;
    }

    public IReadOnlyList<TensorSignature> Inputs { get; }

    public IReadOnlyList<TensorSignature> Outputs => _model.Outputs;

    /// <summary>Puts the two together and owns both from then on.</summary>
    /// <exception cref="VersionLoadException">They do not fit; every tensor that does not is named. Nothing is closed.</exception>
    public static ChainedEngine Of(IEngine graph, IEngine model)
    {
        var problems = ContractFit.CheckJoint(graph.Outputs.ToPorts(), model.Inputs.ToPorts());
        return problems.Count == 0 ? new(graph, model) : throw new VersionLoadException(problems);
    }

    public async ValueTask<NamedTensor[]> Prepare(NamedTensor[] inputs, CancellationToken cancellation)
    {
        try
        {
            return [.. await _graph.Run(inputs, _names, cancellation)];
        }
        catch (OrtException cause)
        {
            throw new OrtException(cause.Code, $"preprocessing graph: {cause.Message}");
        }
        catch (EngineDiedException cause)
        {
            throw new EngineDiedException($"preprocessing graph: {cause.Message}") { NeverReached = cause.NeverReached };
        }
    }

    public ValueTask<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation) =>
        _model.Run(inputs, outputNames, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _graph.DisposeAsync();
    }

    private static TensorSignature OneRow(TensorSignature input) => input.Shape is [-1, ..] ? input with { Shape = [1, .. input.Shape.Skip(1)] } : input;
}
