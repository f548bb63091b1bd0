using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>Matches the columns of a contract with the input tensors of what runs first: the model, or the graph before it.</summary>
internal sealed class InputFit(Contract contract, IReadOnlyList<GraphPort> ports, string role, List<Problem> problems)
{
    private readonly Dictionary<string, GraphPort> _ports = ports.DistinctBy(port => port.Name).ToDictionary(port => port.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _fed = new(StringComparer.Ordinal);

    public void Check()
    {
        var preparation = PreparationPlan.Of(contract);
        foreach (var tensor in preparation.Tensors) MatchAssembled(tensor);
        foreach (var column in preparation.Columns) MatchColumn(column, preparation.Consumed);
        foreach (var (place, input) in contract.Inputs.Index()) MatchRaw(input, place);
        // A tensor that was misnamed above would be told a second time here.
        if (problems.Count > 0) return;
        foreach (var port in ports.Where(port => !_fed.Contains(port.Name)))
            Refuse("inputs", $"{role}'s input {port.Describe()} is filled by no input of the contract");
    }

    private void MatchAssembled(AssembledTensor tensor)
    {
        var path = $"preprocessing/{tensor.Step}";
        if (Find(tensor.Name, $"{path}/tensor") is not { } port) return;
        var width = tensor.Slots.Count;
        if (port.Datatype() != tensor.Datatype)
            Refuse($"{path}/datatype", $"is {tensor.Datatype}, but {Wanted(port)}");
        else if (port.Axes() is { Count: > 0 } axes && (axes.Count != 2 || (axes[1] >= 0 && axes[1] != width)))
            Refuse($"{path}/columns", $"give [rows, {width}], but {Wanted(port)}");
        else
            MatchNumbers(port, tensor.Columns, path);
    }

    private void MatchColumn(PreparedColumn column, IReadOnlySet<string> consumed)
    {
        // A column that something else has read may also have a tensor, but need not.
        if (_fed.Contains(column.Name) || (consumed.Contains(column.Name) && !_ports.ContainsKey(column.Name))) return;
        var path = PathOf(column);
        if (Find(column.Name, column.Step is null ? $"{path}/name" : path) is not { } port) return;
        if (port.IsText() != column.IsText)
            Refuse(column.Step is null ? $"{path}/type" : path, $"is {WordOf(column)}, but {Wanted(port)}");
        else if (port.Axes() is { Count: > 2 } || (port.Axes() is [_, var width] && width >= 0 && width != column.Width) || (port.Axes().Count == 1 && column.Width > 1))
            Refuse(path, $"is {(column.Width == 1 ? "one column" : $"{column.Width} columns")}, but {Wanted(port)}");
        else if (column.IsText)
            KeepRows(port, path);
        else
            MatchNumbers(port, [column], path);
    }

    private void MatchRaw(InputField input, int place)
    {
        if (input.Tensor is not { } raw || Find(input.Name, $"inputs/{place}/name") is not { } port) return;
        if (port.Datatype() != raw.Datatype || !port.Fits(raw.Shape))
            Refuse($"inputs/{place}", $"is {raw.Datatype} [{string.Join(", ", raw.Shape)}], but {Wanted(port)}");
    }

    private void MatchNumbers(GraphPort port, IReadOnlyList<PreparedColumn> columns, string path)
    {
        KeepRows(port, path);
        var isFloating = TensorDatatype.IsFloating(port.Datatype()!);
        foreach (var column in isFloating ? [] : columns)
        {
            var place = PathOf(column);
            if (column.Kind == ColumnKind.Number && column.Step is null) Refuse($"{place}/type", $"is number, but {Wanted(port)}; declare it integer");
            else if (column.Kind == ColumnKind.Number) Refuse(place, $"makes {column.Name} a number, but {Wanted(port)}; cast it to integer");
            if (column.MayBeMissing)
                Refuse(column.Step is null ? $"{place}/required" : place, $"a missing value has no place in {role}'s input {port.Describe()}; impute it or require it");
        }

        if (port.IsText() || (port.Datatype() == "BOOL" && columns.Any(column => column.Kind != ColumnKind.Boolean)))
            Refuse(columns[0].Step is null ? $"{path}/type" : path, $"is {WordOf(columns[0])}, but {Wanted(port)}");
    }

    /// <summary>A first axis of 1 takes one row at a time; a longer fixed one cannot hold a request's rows.</summary>
    private void KeepRows(GraphPort port, string path)
    {
        if (port.Axes() is [>= 0 and var rows and not 1, ..])
            Refuse(path, $"{role}'s input {port.Describe()} takes {rows} rows at a time; its first axis must be free");
    }

    private GraphPort? Find(string name, string path)
    {
        if (!_ports.TryGetValue(name, out var port))
        {
            Refuse(path, $"{role} has no input {name}; it has {string.Join(", ", ports.Select(known => known.Describe()))}");
            return null;
        }

        _fed.Add(name);
        if (port.Kind == PortKind.Tensor && port.Datatype() is not null) return port;
        Refuse(path, $"{role}'s input {port.Describe()} cannot be served");
        return null;
    }

    private string Wanted(GraphPort port) => $"{role}'s input is {port.Describe()}";

    private string WordOf(PreparedColumn column) =>
        column is { Step: null, Input: { } place } ? Plain.Word(contract.Inputs[place].Type) : $"{column.Name}, {column.Kind.ToString().ToLowerInvariant()}";

    private static string PathOf(PreparedColumn column) => column.Step is { } step ? $"preprocessing/{step}" : $"inputs/{column.Input}";

    private void Refuse(string path, string sentence) => problems.Add(new(path, sentence));
}
