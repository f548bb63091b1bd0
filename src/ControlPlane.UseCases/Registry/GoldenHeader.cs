using System.Globalization;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// What the columns of golden samples in CSV stand for. A plain name is an input, or an output when no input has it; <c>inputs.x</c>,
/// <c>outputs.y</c>, <c>preprocessing.column</c> and <c>model.tensor</c> say it outright; <c>model.tensor.0</c>, <c>.1</c>, … make a list.
/// </summary>
internal sealed class GoldenHeader(Contract contract)
{
    private readonly Dictionary<string, FieldType> _inputs = contract.Inputs.ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
    private readonly Dictionary<string, FieldType> _outputs = Outputs(contract);
    private readonly HashSet<string> _tensors = [.. contract.Outputs.Select(output => output.Tensor)];

    /// <summary>Inputs and outputs, for a sentence.</summary>
    public string Expected => string.Join(", ", _inputs.Keys.Concat(_outputs.Keys).Distinct().Take(20));

    public bool IsKnown(string name) => Parse(name, out _) is not null;

    /// <summary>The columns in order; incomplete after a problem.</summary>
    public IReadOnlyList<GoldenColumn> Read(IReadOnlyList<string> header, CsvProblems problems)
    {
        var columns = new List<GoldenColumn>();
        foreach (var name in header)
        {
            if (Parse(name, out var sentence) is { } column) columns.Add(column);
            else problems.Add(1, name, sentence);
        }

        if (problems.Found.Count > 0) return columns;
        if (!columns.Exists(column => column.Part == GoldenPart.Outputs)) problems.Add(1, $"expects no output; those of the contract are {string.Join(", ", _outputs.Keys)}");
        CheckLists(columns, problems);
        return columns;
    }

    private GoldenColumn? Parse(string name, out string sentence)
    {
        sentence = "";
        // A plain name wins, so that an input may be called inputs.x.
        if (_inputs.TryGetValue(name, out var input)) return Field(GoldenPart.Inputs, name, input, out sentence);
        if (_outputs.TryGetValue(name, out var output)) return Field(GoldenPart.Outputs, name, output, out sentence);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (part, rest) = dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
        switch (part)
        {
            case "inputs" when _inputs.TryGetValue(rest, out var type):
                return Field(GoldenPart.Inputs, rest, type, out sentence);
            case "outputs" when _outputs.TryGetValue(rest, out var type):
                return Field(GoldenPart.Outputs, rest, type, out sentence);
            case "preprocessing" when rest.Length > 0:
                return Stage(GoldenPart.Preprocessing, rest, StaysText(rest) ? FieldType.Text : null);
            case "model" when rest.Length > 0:
                return Stage(GoldenPart.Model, rest, null);
            default:
                sentence = $"is neither an input nor an output of the contract; those are {Expected}";
                return null;
        }
    }

    private static GoldenColumn? Field(GoldenPart part, string name, FieldType type, out string sentence)
    {
        sentence = type switch
        {
            FieldType.Tensor => "is a raw tensor, which CSV has no cells for; write the samples as JSON lines",
            FieldType.Explanation => "is an explanation, which CSV has no cells for; write the samples as JSON lines",
            _ => "",
        };
        return sentence.Length > 0 ? null : new(part, name, null, type);
    }

    private GoldenColumn Stage(GoldenPart part, string rest, FieldType? type)
    {
        var dot = rest.LastIndexOf('.');
        var isKnown = part == GoldenPart.Model ? _tensors.Contains(rest) : _inputs.ContainsKey(rest);
        return !isKnown && dot > 0 && int.TryParse(rest[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var element)
            ? new(part, rest[..dot], element, type)
            : new(part, rest, null, type);
    }

    // A category that no step turns into numbers reaches the model as the text it is, even where it reads 12.
    private bool StaysText(string column) => _inputs.GetValueOrDefault(column) is FieldType.Category or FieldType.Text
        && contract.Preprocessing.OfType<ColumnStep>().All(step => step.Target != column || step is ImputeStep or CastStep { To: CastTarget.Text });

    private static void CheckLists(List<GoldenColumn> columns, CsvProblems problems)
    {
        foreach (var field in columns.GroupBy(column => (column.Part, column.Field)))
        {
            var elements = field.Select(column => column.Element).ToList();
            var name = $"{Word(field.Key.Part)}.{field.Key.Field}";
            if (elements.Contains(null) && elements.Count > 1) problems.Add(1, name, elements.TrueForAll(element => element is null) ? "is named by two columns" : "is given as one value and as a list");
            else if (!elements.Contains(null) && !elements.Order().SequenceEqual(Enumerable.Range(0, elements.Count).Select(element => (int?)element)))
                problems.Add(1, name, $"must be numbered from 0 without a gap: {name}.0 to {name}.{elements.Count - 1}");
        }
    }

    internal static string Word(GoldenPart part) => part switch
    {
        GoldenPart.Inputs => "inputs",
        GoldenPart.Outputs => "outputs",
        GoldenPart.Preprocessing => "preprocessing",
        GoldenPart.Model => "model",
    };

    private static Dictionary<string, FieldType> Outputs(Contract contract)
    {
        var outputs = contract.Outputs.ToDictionary(output => output.Name, output => output.Type, StringComparer.Ordinal);
        if (contract.Policy is not null) outputs.TryAdd("decision", FieldType.Category);
        return outputs;
    }
}
