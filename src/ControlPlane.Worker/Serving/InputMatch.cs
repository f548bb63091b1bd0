using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Matches the columns of a contract with the input tensors of what runs first: the model, or the graph before it.</summary>
internal sealed class InputMatch(Contract contract, PreparationPlan preparation, IReadOnlyList<TensorSignature> signatures, List<Problem> problems)
{
    private readonly string _role = contract.Preprocessing.OfType<OnnxStep>().Any() ? "the preprocessing graph" : "the model";
    private readonly Dictionary<int, ElementType> _elements = [];
    private readonly List<TensorFeed> _feeds = [];

    /// <summary>Most rows of one run; known after <see cref="ToFeeds"/>.</summary>
    public int RowsPerRun { get; private set; } = contract.Runtime.MaxBatch;

    /// <summary>How each input tensor is filled. What does not fit becomes a problem.</summary>
    public TensorFeed[] ToFeeds()
    {
        foreach (var tensor in preparation.Tensors) FeedAssembled(tensor);
        foreach (var column in preparation.Columns) FeedColumn(column);
        foreach (var (place, input) in contract.Inputs.Index()) FeedRaw(input, place);
        foreach (var unfed in signatures.Where(signature => !IsFed(signature.Name)))
        {
            if (problems.Count == 0) Refuse("inputs", $"{_role}'s input {TensorMatch.Describe(unfed)} is filled by no input of the contract");
        }

        return [.. _feeds];
    }

    /// <summary>The inputs, held to what the tensors can carry that they go to; to be called after <see cref="ToFeeds"/>.</summary>
    public FieldPlan[] ToFields() => [.. contract.Inputs.Select((input, place) => new FieldPlan(Narrow(input, place), place))];

    private void FeedAssembled(AssembledTensor tensor)
    {
        var path = $"preprocessing/{tensor.Step}";
        if (Find(tensor.Name, $"{path}/tensor") is not { } signature) return;
        var width = tensor.Slots.Count;
        if (TensorMatch.Datatype(signature) != tensor.Datatype)
        {
            Refuse($"{path}/datatype", $"is {tensor.Datatype}, but {Wanted(signature)}");
        }
        else if (signature.Shape is { Count: > 0 } shape && (shape.Count != 2 || (shape[1] >= 0 && shape[1] != width)))
        {
            Refuse($"{path}/columns", $"give [rows, {width}], but {Wanted(signature)}");
        }
        else
        {
            KeepRows(signature, path);
            AddNumberFeed(signature, tensor.Columns, tensor.Slots, path);
        }
    }

    private void FeedColumn(PreparedColumn column)
    {
        // A column that something else has read may also have a tensor, but need not.
        if (IsFed(column.Name) || (preparation.Consumed.Contains(column.Name) && signatures.All(signature => signature.Name != column.Name))) return;
        var path = PathOf(column);
        if (Find(column.Name, column.Step is null ? $"{path}/name" : path) is not { } signature) return;
        if ((signature.Type == ElementType.String) != column.IsText)
        {
            Refuse(column.Step is null ? $"{path}/type" : path, $"is {WordOf(column)}, but {Wanted(signature)}");
        }
        else if (signature.Shape is { Count: > 2 } || (signature.Shape is [_, var width] && width >= 0 && width != column.Width) || (signature.Shape.Count == 1 && column.Width > 1))
        {
            Refuse(path, $"is {(column.Width == 1 ? "one column" : $"{column.Width} columns")}, but {Wanted(signature)}");
        }
        else
        {
            KeepRows(signature, path);
            if (column.IsText) _feeds.Add(new TextFeed(column.Name, column.Slot, signature.Shape.Count == 1));
            else AddNumberFeed(signature, [column], [.. Enumerable.Range(column.Slot, column.Width)], path);
        }
    }

    private void FeedRaw(InputField input, int place)
    {
        if (input.Tensor is not { } raw || Find(input.Name, $"inputs/{place}/name") is not { } signature) return;
        if (TensorMatch.Datatype(signature) != raw.Datatype || !TensorMatch.Fits(raw.Shape, signature.Shape))
            Refuse($"inputs/{place}", $"is {raw.Datatype} [{string.Join(", ", raw.Shape)}], but {Wanted(signature)}");
        else _feeds.Add(new RawFeed(input.Name, place));
    }

    private void AddNumberFeed(TensorSignature signature, IReadOnlyList<PreparedColumn> columns, IReadOnlyList<int> slots, string path)
    {
        foreach (var column in columns) HoldTo(signature, column);
        var isVector = signature.Shape.Count == 1;
        int[] places = [.. slots];
        TensorFeed? feed = signature.Type switch
        {
            ElementType.Float32 => new NumberFeed<float>(signature.Name, places, isVector),
            ElementType.Float64 => new NumberFeed<double>(signature.Name, places, isVector),
            ElementType.Float16 => new NumberFeed<Half>(signature.Name, places, isVector),
            ElementType.Int64 => new NumberFeed<long>(signature.Name, places, isVector),
            ElementType.Int32 => new NumberFeed<int>(signature.Name, places, isVector),
            ElementType.Int16 => new NumberFeed<short>(signature.Name, places, isVector),
            ElementType.Int8 => new NumberFeed<sbyte>(signature.Name, places, isVector),
            ElementType.UInt64 => new NumberFeed<ulong>(signature.Name, places, isVector),
            ElementType.UInt32 => new NumberFeed<uint>(signature.Name, places, isVector),
            ElementType.UInt16 => new NumberFeed<ushort>(signature.Name, places, isVector),
            ElementType.UInt8 => new NumberFeed<byte>(signature.Name, places, isVector),
            ElementType.Bool when columns.All(column => column.Kind == ColumnKind.Boolean) => new FlagFeed(signature.Name, places, isVector),
            _ => null,
        };
        if (feed is not null) _feeds.Add(feed);
        else Refuse(columns[0].Step is null ? $"{path}/type" : path, $"is {WordOf(columns[0])}, but {Wanted(signature)}");
    }

    /// <summary>Says what of a column the tensor's element type cannot carry, and keeps that type for the payload check.</summary>
    private void HoldTo(TensorSignature signature, PreparedColumn column)
    {
        var isFloating = TensorDatatype.IsFloating(TensorMatch.Datatype(signature) ?? "");
        var path = PathOf(column);
        if (column.Kind == ColumnKind.Number && !isFloating)
        {
            if (column.Step is null) Refuse($"{path}/type", $"is number, but {Wanted(signature)}; declare it integer");
            else Refuse(path, $"makes {column.Name} a number, but {Wanted(signature)}; cast it to integer");
        }

        if (column.MayBeMissing && !isFloating)
            Refuse(column.Step is null ? $"{path}/required" : path, $"a missing value has no place in {_role}'s input {TensorMatch.Describe(signature)}; impute it or require it");
        if (column.Input is { } place) _elements.TryAdd(place, signature.Type);
    }

    /// <summary>A first axis of 1 takes one row at a time; a longer fixed one cannot hold a request's rows.</summary>
    private void KeepRows(TensorSignature signature, string path)
    {
        if (signature.Shape is not [>= 0 and var rows, ..]) return;
        if (rows == 1) RowsPerRun = 1;
        else Refuse(path, $"{_role}'s input {TensorMatch.Describe(signature)} takes {rows} rows at a time; its first axis must be free");
    }

    /// <summary>Holds a field to what its tensor's type can carry.</summary>
    private InputField Narrow(InputField field, int place)
    {
        if (!_elements.TryGetValue(place, out var type) || field.Type == FieldType.Boolean) return field;
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

    private TensorSignature? Find(string name, string path) => TensorMatch.Find(signatures, name, path, "input", problems, _role);

    private bool IsFed(string tensor) => _feeds.Exists(feed => feed.Tensor == tensor);

    private string Wanted(TensorSignature signature) => $"{_role}'s input is {TensorMatch.Describe(signature)}";

    private string WordOf(PreparedColumn column) =>
        column is { Step: null, Input: { } place } ? TensorMatch.Word(contract.Inputs[place].Type) : $"{column.Name}, {column.Kind.ToString().ToLowerInvariant()}";

    private static string PathOf(PreparedColumn column) => column.Step is { } step ? $"preprocessing/{step}" : $"inputs/{column.Input}";

    private void Refuse(string path, string sentence) => problems.Add(new(path, sentence));
}
