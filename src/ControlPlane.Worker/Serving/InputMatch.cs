using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>How the columns of a contract fill the input tensors of what runs first, the model or the graph before it; that they fit has been checked.</summary>
internal sealed class InputMatch(Contract contract, PreparationPlan preparation, IReadOnlyList<TensorSignature> signatures)
{
    private readonly Dictionary<string, TensorSignature> _signatures = signatures.ToDictionary(signature => signature.Name, StringComparer.Ordinal);
    private readonly Dictionary<int, ElementType> _elements = [];
    private readonly List<TensorFeed> _feeds = [];

    /// <summary>Most rows of one run; known after <see cref="ToFeeds"/>.</summary>
    public int RowsPerRun { get; private set; } = contract.Runtime.MaxBatch;

    /// <summary>How each input tensor is filled.</summary>
    public TensorFeed[] ToFeeds()
    {
        foreach (var tensor in preparation.Tensors) AddNumberFeed(_signatures[tensor.Name], tensor.Columns, tensor.Slots);
        foreach (var column in preparation.Columns) FeedColumn(column);
        foreach (var (place, input) in contract.Inputs.Index().Where(pair => pair.Item.Tensor is not null)) _feeds.Add(new RawFeed(input.Name, place));
        return [.. _feeds];
    }

    /// <summary>The inputs, held to what the tensors can carry that they go to; to be called after <see cref="ToFeeds"/>.</summary>
    public FieldPlan[] ToFields() => [.. contract.Inputs.Select((input, place) => new FieldPlan(Narrow(input, place), place))];

    private void FeedColumn(PreparedColumn column)
    {
        // A column that something else has read may also have a tensor, but need not.
        if (IsFed(column.Name) || !_signatures.TryGetValue(column.Name, out var signature)) return;
        if (column.IsText) AddTextFeed(signature, column);
        else AddNumberFeed(signature, [column], [.. Enumerable.Range(column.Slot, column.Width)]);
    }

    private void AddTextFeed(TensorSignature signature, PreparedColumn column)
    {
        KeepRows(signature);
        _feeds.Add(new TextFeed(column.Name, column.Slot, signature.Shape.Count == 1));
    }

    private void AddNumberFeed(TensorSignature signature, IReadOnlyList<PreparedColumn> columns, IReadOnlyList<int> slots)
    {
        KeepRows(signature);
        // For the payload check, which holds a field to what its tensor can carry.
        foreach (var column in columns.Where(column => column.Input is not null)) _elements.TryAdd(column.Input!.Value, signature.Type);
        var isVector = signature.Shape.Count == 1;
        int[] places = [.. slots];
        _feeds.Add(signature.Type switch
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
            ElementType.Bool => new FlagFeed(signature.Name, places, isVector),
            var other => throw new InvalidOperationException($"{signature.Name} of {other} has been let through for numbers."),
        });
    }

    /// <summary>A first axis of 1 takes one row at a time.</summary>
    private void KeepRows(TensorSignature signature)
    {
        if (signature.Shape is [1, ..]) RowsPerRun = 1;
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

    private bool IsFed(string tensor) => _feeds.Exists(feed => feed.Tensor == tensor);
}
