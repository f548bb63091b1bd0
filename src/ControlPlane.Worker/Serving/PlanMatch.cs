using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;
using static ControlPlane.Worker.Serving.TensorMatch;

namespace ControlPlane.Worker.Serving;

/// <summary>Matches a contract with the model's own tensors and says everything that does not fit.</summary>
internal sealed class PlanMatch(Contract contract, IReadOnlyList<TensorSignature> modelInputs, IReadOnlyList<TensorSignature> modelOutputs)
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, ElementType> _elements = new(StringComparer.Ordinal);
    private int _rowsPerRun = contract.Runtime.MaxBatch;

    /// <exception cref="VersionLoadException">They do not fit; every reason is in it.</exception>
    public ServingPlan ToPlan()
    {
        var imputed = contract.Preprocessing.OfType<ImputeStep>().ToDictionary(step => step.Feature, StringComparer.Ordinal);
        var places = contract.Inputs.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        var feeds = Feeds(places, imputed);
        var fed = feeds.Select(feed => feed.Tensor).ToHashSet(StringComparer.Ordinal);
        foreach (var input in modelInputs.Where(input => !fed.Contains(input.Name)))
        {
            if (_problems.Count == 0) Refuse("inputs", $"the model's input {Describe(input)} is filled by no input of the contract");
        }

        var match = new OutputMatch(contract, modelOutputs, _problems);
        var outputs = match.ToPlans();
        if (_problems.Count > 0) throw new VersionLoadException(_problems);
        var fields = contract.Inputs.Select((input, i) => new FieldPlan(Narrow(input), i, imputed.GetValueOrDefault(input.Name))).ToArray();
        return new(contract, fields, [.. feeds], outputs, match.TensorNames, _rowsPerRun, match.ScorePlace);
    }

    private List<TensorFeed> Feeds(Dictionary<string, int> places, Dictionary<string, ImputeStep> imputed)
    {
        var feeds = new List<TensorFeed>();
        var consumed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, step) in contract.Preprocessing.Index())
        {
            if (step is not AssembleStep assemble) continue;
            consumed.UnionWith(assemble.Columns);
            if (Find(modelInputs, assemble.Tensor, $"preprocessing/{i}/tensor", "input", _problems) is not { } signature) continue;
            if (Datatype(signature) != assemble.Datatype)
                Refuse($"preprocessing/{i}/datatype", $"is {assemble.Datatype}, but the model's input is {Describe(signature)}");
            else if (signature.Shape is { Count: > 0 } shape && (shape.Count != 2 || (shape[1] >= 0 && shape[1] != assemble.Columns.Count)))
                Refuse($"preprocessing/{i}/columns", $"give [rows, {assemble.Columns.Count}], but the model's input is {Describe(signature)}");
            else
                AddNumberFeed(feeds, signature, [.. assemble.Columns.Select(column => places[column])], imputed);
        }

        foreach (var (i, input) in contract.Inputs.Index())
        {
            if (!consumed.Contains(input.Name) && Find(modelInputs, input.Name, $"inputs/{i}/name", "input", _problems) is { } signature)
                AddInputFeed(feeds, input, i, signature, imputed);
        }

        return feeds;
    }

    private void AddInputFeed(List<TensorFeed> feeds, InputField input, int place, TensorSignature signature, Dictionary<string, ImputeStep> imputed)
    {
        var path = $"inputs/{place}";
        if (input.Tensor is { } raw)
        {
            if (Datatype(signature) != raw.Datatype || !Fits(raw.Shape, signature.Shape))
                Refuse(path, $"is {raw.Datatype} [{string.Join(", ", raw.Shape)}], but the model's input is {Describe(signature)}");
            else feeds.Add(new RawFeed(input.Name, place));
            return;
        }

        var isText = signature.Type == ElementType.String;
        if (isText != (input.Type is FieldType.Category or FieldType.Text))
        {
            Refuse($"{path}/type", $"is {Word(input.Type)}, but the model's input is {Describe(signature)}");
        }
        else if (signature.Shape is { Count: > 2 } or { Count: 2 } and [_, not (1 or -1)])
        {
            Refuse(path, $"is one column, but the model's input is {Describe(signature)}");
        }
        else if (isText)
        {
            KeepRows(signature, path);
            feeds.Add(new TextFeed(input.Name, place, signature.Shape.Count == 1));
        }
        else
        {
            AddNumberFeed(feeds, signature, [place], imputed);
        }
    }

    private void AddNumberFeed(List<TensorFeed> feeds, TensorSignature signature, int[] fields, Dictionary<string, ImputeStep> imputed)
    {
        KeepRows(signature, $"inputs/{fields[0]}");
        foreach (var place in fields)
        {
            var input = contract.Inputs[place];
            if (input.Type == FieldType.Number && signature.Type is not (ElementType.Float16 or ElementType.Float32 or ElementType.Float64))
                Refuse($"inputs/{place}/type", $"is number, but the model's input is {Describe(signature)}; declare it integer");
            if (!input.Required && !imputed.ContainsKey(input.Name) && !TensorDatatype.IsFloating(Datatype(signature) ?? ""))
                Refuse($"inputs/{place}/required", $"a missing value has no place in the model's input {Describe(signature)}; impute it or require it");
            _elements.TryAdd(input.Name, signature.Type);
        }

        var isVector = signature.Shape.Count == 1;
        TensorFeed? feed = signature.Type switch
        {
            ElementType.Float32 => new NumberFeed<float>(signature.Name, fields, isVector),
            ElementType.Float64 => new NumberFeed<double>(signature.Name, fields, isVector),
            ElementType.Float16 => new NumberFeed<Half>(signature.Name, fields, isVector),
            ElementType.Int64 => new NumberFeed<long>(signature.Name, fields, isVector),
            ElementType.Int32 => new NumberFeed<int>(signature.Name, fields, isVector),
            ElementType.Int16 => new NumberFeed<short>(signature.Name, fields, isVector),
            ElementType.Int8 => new NumberFeed<sbyte>(signature.Name, fields, isVector),
            ElementType.UInt64 => new NumberFeed<ulong>(signature.Name, fields, isVector),
            ElementType.UInt32 => new NumberFeed<uint>(signature.Name, fields, isVector),
            ElementType.UInt16 => new NumberFeed<ushort>(signature.Name, fields, isVector),
            ElementType.UInt8 => new NumberFeed<byte>(signature.Name, fields, isVector),
            ElementType.Bool when fields is [var flag] && contract.Inputs[flag].Type == FieldType.Boolean => new FlagFeed(signature.Name, flag, isVector),
            _ => null,
        };
        if (feed is null) Refuse($"inputs/{fields[0]}/type", $"is {Word(contract.Inputs[fields[0]].Type)}, but the model's input is {Describe(signature)}");
        else feeds.Add(feed);
    }

    /// <summary>A first axis of 1 takes one row at a time; a longer fixed one cannot hold a request's rows.</summary>
    private void KeepRows(TensorSignature signature, string path)
    {
        if (signature.Shape is not [>= 0 and var rows, ..]) return;
        if (rows == 1) _rowsPerRun = 1;
        else Refuse(path, $"the model's input {Describe(signature)} takes {rows} rows at a time; its first axis must be free");
    }

    /// <summary>Holds a field to what its tensor's type can carry.</summary>
    private InputField Narrow(InputField field)
    {
        if (!_elements.TryGetValue(field.Name, out var type) || field.Type == FieldType.Boolean) return field;
        (double Low, double High)? range = type switch
        {
            ElementType.Float16 => (-65504, 65504),
            ElementType.Float32 => (float.MinValue, float.MaxValue),
            ElementType.Int32 => (int.MinValue, int.MaxValue),
            ElementType.Int16 => (short.MinValue, short.MaxValue),
            ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ElementType.UInt64 => (0, PayloadRule.LargestInteger),
            ElementType.UInt32 => (0, uint.MaxValue),
            ElementType.UInt16 => (0, ushort.MaxValue),
            ElementType.UInt8 => (0, byte.MaxValue),
            _ => null,
        };
        return range is not { } held ? field : field with { Min = Math.Max(field.Min ?? held.Low, held.Low), Max = Math.Min(field.Max ?? held.High, held.High) };
    }

    private void Refuse(string path, string sentence) => _problems.Add(new(path, sentence));

    private static string Word(FieldType type) => type.ToString().ToLowerInvariant();
}
