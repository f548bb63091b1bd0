using System.Globalization;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>Proposes fields for a graph's inputs and outputs where their shapes leave no doubt, and raw tensors elsewhere.</summary>
internal sealed class SignatureDraft(OnnxGraph graph)
{
    private const int MostColumns = 64;
    private readonly HashSet<string> _inputs = graph.Inputs.Select(port => port.Name).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs = graph.Outputs.Select(port => ContractInference.FreeName(port.Name)).ToHashSet(StringComparer.Ordinal);
    private readonly List<InputField> _fields = [];
    private readonly List<PreprocessingStep> _steps = [];

    public Contract ToContract()
    {
        foreach (var port in graph.Inputs) AddInput(port);
        var outputs = graph.Outputs.SelectMany(Outputs).ToList();
        return new(_fields, _steps, new(), outputs, null, new(), null, [], null);
    }

    private void AddInput(GraphPort port)
    {
        var datatype = port.Datatype()!;
        if (ColumnsOf(port) == 1)
        {
            _fields.Add(new(port.Name, TypeOf(datatype)));
            return;
        }

        string[] names = ColumnsOf(port) is { } count and <= MostColumns && datatype is not ("BYTES" or "BOOL") ? NumberedNames(port.Name, count) : [];
        // The names could be those of other inputs, or longer than a name may be.
        if (names.Length == 0 || names.Any(name => _inputs.Contains(name) || name.Length > ContractLimits.NameLength))
        {
            _fields.Add(ContractInference.InputOf(port, []));
            return;
        }

        _inputs.UnionWith(names);
        _fields.AddRange(names.Select(name => new InputField(name, TypeOf(datatype))));
        _steps.Add(new AssembleStep(port.Name, datatype, names));
    }

    private IEnumerable<OutputField> Outputs(GraphPort port)
    {
        var isFloating = TensorDatatype.IsFloating(port.Datatype()!);
        var isProbability = isFloating && port.Name.Contains("probabilit", StringComparison.OrdinalIgnoreCase);
        double? min = isProbability ? 0 : null, max = isProbability ? 1 : null;
        if (isProbability && HasClasses() && (port.Kind == PortKind.MapSequence || port.Axes() is [_, 2]) && _outputs.Add("score"))
            return [new("score", port.Name, 1, FieldType.Number, min, max)];
        if (ColumnsOf(port) is not { } count || port.Kind == PortKind.MapSequence) return [ContractInference.OutputOf(port, [])];
        if (count == 1) return [new(ContractInference.FreeName(port.Name), port.Name, null, TypeOf(port.Datatype()!), min, max)];
        var names = NumberedNames(port.Name, count);
        if (!isFloating || count > MostColumns || names.Any(name => _outputs.Contains(name) || name.Length > ContractLimits.NameLength)) return [ContractInference.OutputOf(port, [])];
        _outputs.UnionWith(names);
        return names.Select((name, i) => new OutputField(name, port.Name, i, FieldType.Number, min, max));
    }

    /// <summary>What a classifier of scikit-learn gives beside its probabilities: one label per row.</summary>
    private bool HasClasses() => graph.Outputs.Any(port => port.Datatype() is "INT64" or "BYTES" && ColumnsOf(port) == 1);

    /// <summary>Columns of a [rows] or [rows, n] tensor that takes rows as they come; null for every other.</summary>
    private static int? ColumnsOf(GraphPort port) => port.Kind != PortKind.Tensor ? null : port.Axes() switch
    {
        [-1 or 1] => 1,
        [-1 or 1, >= 1 and <= int.MaxValue and var columns] => (int)columns,
        _ => null,
    };

    private static string[] NumberedNames(string tensor, int count) =>
        count > MostColumns ? [] : [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{tensor}_{i}"))];

    private static FieldType TypeOf(string datatype) => datatype switch
    {
        "BYTES" => FieldType.Text,
        "BOOL" => FieldType.Boolean,
        _ => TensorDatatype.IsFloating(datatype) ? FieldType.Number : FieldType.Integer,
    };
}
