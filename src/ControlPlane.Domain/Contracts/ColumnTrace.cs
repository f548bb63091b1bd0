namespace ControlPlane.Domain.Contracts;

/// <summary>
/// Follows the columns of a contract through its steps: which there are, of what kind, how wide, whether they may be missing. What a step cannot
/// do to the column that it finds is a problem.
/// </summary>
internal sealed class ColumnTrace
{
    private readonly Dictionary<string, TracedColumn> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assembled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _madeBy = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inputs;
    private readonly HashSet<string> _tensors;
    private readonly List<Problem> _problems = [];
    private long _made;

    private ColumnTrace(Contract contract)
    {
        _inputs = contract.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        _tensors = contract.Preprocessing.OfType<AssembleStep>().Select(step => step.Tensor).ToHashSet(StringComparer.Ordinal);
        foreach (var (i, step) in contract.Preprocessing.Index())
        {
            foreach (var (_, name) in NewNames(step)) _madeBy.TryAdd(name, i);
        }
    }

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Follows what could be read: a column that comes from elsewhere is taken as it is.</summary>
    public static ColumnTrace Of(Contract contract, UnreadParts unread)
    {
        var trace = new ColumnTrace(contract);
        foreach (var (i, input) in contract.Inputs.Index()) trace.Put(TracedColumn.Of(input) with { IsBroken = unread.Holds($"inputs/{i}") });
        foreach (var (i, step) in contract.Preprocessing.Index())
        {
            if (!unread.Holds($"preprocessing/{i}")) trace.Follow(step, i);
            else foreach (var name in NewNames(step).Select(made => made.Name).Append((step as ColumnStep)?.Feature).OfType<string>()) trace.Break(name);
        }

        return trace;
    }

    private static IEnumerable<(string Field, string Name)> NewNames(PreprocessingStep step)
    {
        if (step is ColumnStep { Into: { } into }) yield return ("into", into);
        if (step is ImputeStep { Indicator: { } indicator }) yield return ("indicator", indicator);
    }

    private void Follow(PreprocessingStep step, int place)
    {
        if (step is AssembleStep assemble) Assemble(assemble, place);
        else if (step is ColumnStep column) Follow(column, place);
    }

    private void Follow(ColumnStep step, int place)
    {
        var isKnown = _columns.TryGetValue(step.Feature, out var source);
        if (!isKnown) Refuse(place, "feature", Unknown(step.Feature, place));
        else if (step.Into is null && _assembled.Contains(step.Feature)) Refuse(place, "feature", $"{Plain.Short(step.Feature)} is {Participle(step)} after a step that already reads it");
        var problems = _problems.Count;
        var target = !isKnown || source!.IsBroken ? null : ColumnRules.Apply(step, source, (field, sentence) => Refuse(place, field, sentence));
        foreach (var (field, name) in NewNames(step)) RefuseTaken(step, place, field, name);
        // What a wrong step should have made is kept as broken, so that the steps after it are not blamed too.
        if (_problems.Count == problems || step.Into is null || !_columns.ContainsKey(step.Into))
        {
            if (target is not null) Put(target);
            else Break(step.Target);
        }

        if (step is ImputeStep { Indicator: { } indicator } && !_columns.ContainsKey(indicator))
            Put(new TracedColumn(indicator, ColumnKind.Boolean, false) { Categories = new(null, [0, 1]), IsOpen = false, Low = 0, High = 1 });
    }

    private void Assemble(AssembleStep step, int place)
    {
        foreach (var (i, name) in step.Columns.Index())
        {
            _assembled.Add(name);
            if (_columns.TryGetValue(name, out var column)) Count(column.Width);
            if (column is null) Refuse(place, $"columns/{i}", Unknown(name, place));
            else if (!column.IsBroken && Misfit(column, step.Datatype) is { } sentence) Refuse(place, $"columns/{i}", sentence);
        }
    }

    private static string? Misfit(TracedColumn column, string datatype)
    {
        if (column.IsRaw) return $"{column.Name} is {column.KindInWords}; assemble takes numbers, integers and booleans";
        if (column.Kind == ColumnKind.Text) return $"{column.Name} is {column.KindInWords}; assemble takes numbers, integers and booleans, so encode it first, as one_hot and ordinal do";
        if (TensorDatatype.IsFloating(datatype)) return null;
        if (column.MayBeMissing) return $"{column.Name} may be missing, and {datatype} has no place for that; impute it or require it";
        return column.Kind == ColumnKind.Number ? $"{column.Name} is a number that may have a fraction, and {datatype} has none; cast it to integer" : null;
    }

    private void RefuseTaken(ColumnStep step, int place, string field, string name)
    {
        var isIndicator = field == "indicator";
        if (_inputs.Contains(name)) Refuse(place, field, $"{Plain.Short(name)} is already an input; choose another name{(isIndicator ? "" : ", or leave into out to replace the column")}");
        else if (_madeBy[name] < place || (isIndicator && name == step.Into)) Refuse(place, field, $"{Plain.Short(name)} is already a column, made by preprocessing/{_madeBy[name]}");
        else if (_tensors.Contains(name)) Refuse(place, field, $"{Plain.Short(name)} is the name of a tensor that a step assembles; choose another name");
    }

    private string Unknown(string name, int place) =>
        _madeBy.TryGetValue(name, out var maker) && maker >= place
            ? maker == place ? $"{Plain.Short(name)} is made by this very step" : $"{Plain.Short(name)} is made only by a later step, preprocessing/{maker}; move that before this one"
        : _tensors.Contains(name) ? $"{Plain.Short(name)} is an assembled tensor, not a column"
        : $"{Plain.Short(name)} is not an input, and no step makes it";

    private void Put(TracedColumn column)
    {
        _columns[column.Name] = column;
        Count(column.Width);
    }

    private void Count(int columns)
    {
        var before = _made;
        _made += columns;
        if (_made > ContractLimits.Columns && before <= ContractLimits.Columns)
            _problems.Add(new("preprocessing", $"makes more than {ContractLimits.Columns} columns in all"));
    }

    private void Break(string name) => Put(new TracedColumn(name, ColumnKind.Number, false) { IsBroken = true });

    private static string Participle(ColumnStep step) => step is ImputeStep ? "imputed" : "changed";

    private void Refuse(int place, string field, string sentence) => _problems.Add(new($"preprocessing/{place}/{field}", sentence));
}
