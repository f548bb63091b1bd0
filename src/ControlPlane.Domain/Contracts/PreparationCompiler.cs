using System.Collections.Frozen;

namespace ControlPlane.Domain.Contracts;

/// <summary>Turns a contract's steps into operations over slots.</summary>
internal sealed class PreparationCompiler
{
    private readonly Contract _contract;
    private readonly List<ColumnOperation> _operations = [];
    private readonly List<AssembledTensor> _tensors = [];
    private readonly HashSet<string> _consumed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PreparedColumn> _columns = new(StringComparer.Ordinal);

    // In the order in which they first appear.
    private readonly List<string> _names = [];

    // An assembled tensor is filled after the last operation, so what it holds must not be written over.
    private readonly HashSet<int> _assembled = [];
    private int? _step;
    private int _nextNumber;
    private int _nextText;

    public PreparationCompiler(Contract contract)
    {
        _contract = contract;
        _nextNumber = _nextText = contract.Inputs.Count;
    }

    public PreparationPlan Compile()
    {
        foreach (var (place, input) in _contract.Inputs.Index().Where(pair => pair.Item.Type != FieldType.Tensor)) AddInput(input, place);
        foreach (var (i, step) in _contract.Preprocessing.Index()) Add(step, (_step = i).Value);
        return new(_contract.Inputs.Count, _operations, [.. _names.Select(name => _columns[name])], _tensors, _consumed)
        {
            NumberSlots = _nextNumber - _contract.Inputs.Count,
            TextSlots = _nextText - _contract.Inputs.Count,
        };
    }

    private void AddInput(InputField input, int place)
    {
        var column = new PreparedColumn(input.Name, KindOf(input.Type), place, MayBeMissing: !input.Required, Input: place)
        {
            Categories = CategoriesOf(input),
            IsClosed = input.Type == FieldType.Boolean || input.AllowedNumbers is not null || (input.Values is not null && input.Unseen != UnseenPolicy.Accept),
        };
        if (input is { Type: FieldType.Category, Unseen: UnseenPolicy.Missing, Values: { } values })
        {
            _operations.Add(new UnseenRemoval(place, _nextText, values.ToFrozenSet(StringComparer.Ordinal)));
            column = column with { Slot = _nextText++, MayBeMissing = true };
        }

        Set(column);
    }

    private void Add(PreprocessingStep step, int place)
    {
        if (step is AssembleStep assemble) Assemble(assemble, place);
        if (step is not ColumnStep column) return;
        if (column.Into is not null) _consumed.Add(column.Feature);
        var source = _columns[column.Feature];
        switch (column)
        {
            case ImputeStep impute: Impute(impute, source); break;
            case ClipStep clip:
                Compute(clip, source, ColumnKind.Number, into => new Clipping(source.Slot, into, source.Width, clip.Min ?? double.NegativeInfinity, clip.Max ?? double.PositiveInfinity));
                break;
            case Log1pStep: Compute(column, source, ColumnKind.Number, into => new LogOnePlus(source.Slot, into, source.Width)); break;
            case StandardizeStep scaler: Compute(column, source, ColumnKind.Number, into => new Standardization(source.Slot, into, source.Width, scaler.Mean, scaler.Scale)); break;
            case MinMaxStep scaler: Compute(column, source, ColumnKind.Number, into => new MinMaxScaling(source.Slot, into, source.Width, scaler)); break;
            case OneHotStep oneHot: OneHot(oneHot, source); break;
            case OrdinalStep ordinal: Ordinal(ordinal, source); break;
            case BucketizeStep { OneHot: false } buckets: Compute(column, source, ColumnKind.Integer, into => new Bucketing(source.Slot, into, buckets.Edges)); break;
            case BucketizeStep buckets: Buckets(buckets, source); break;
            case CastStep cast: Cast(cast, source); break;
        }
    }

    /// <summary>A column of numbers computed value by value, in place where nobody else reads the source.</summary>
    private void Compute(ColumnStep step, PreparedColumn source, ColumnKind kind, Func<int, ColumnOperation> operation)
    {
        var isOwn = source.Slot >= _contract.Inputs.Count && !source.IsText && step.Into is null && !Enumerable.Range(source.Slot, source.Width).Any(_assembled.Contains);
        var slot = isOwn ? source.Slot : NewNumbers(source.Width);
        _operations.Add(operation(slot));
        Set(new(step.Target, kind, slot, source.Width, source.MayBeMissing));
    }

    private void Impute(ImputeStep step, PreparedColumn source)
    {
        // Before the gaps are filled, in case they are filled in place.
        if (step.Indicator is { } indicator)
        {
            var flags = NewNumbers(1);
            _operations.Add(source.IsText ? new TextIndicator(source.Slot, flags) : new NumberIndicator(source.Slot, flags, 1));
            Set(new(indicator, ColumnKind.Boolean, flags) { Categories = Flags, IsClosed = true });
        }

        if (source.IsText)
        {
            _operations.Add(new TextImputation(source.Slot, _nextText, step.Text ?? ""));
            Set(new PreparedColumn(step.Target, ColumnKind.Text, _nextText++, Input: source.Input)
            {
                Categories = source.Categories,
                IsClosed = source.IsClosed && source.Categories!.Texts!.Contains(step.Text, StringComparer.Ordinal),
            });
            return;
        }

        var value = step.Number ?? 0;
        var kind = source.Kind == ColumnKind.Boolean && value is not (0 or 1) || !double.IsInteger(value) ? ColumnKind.Number : source.Kind;
        Compute(step, source, kind, into => new NumberImputation(source.Slot, into, source.Width, value));
        var known = source.Categories?.Numbers?.Contains(value) == true;
        Set(_columns[step.Target] with { MayBeMissing = false, Input = source.Input, Categories = source.Categories, IsClosed = source.IsClosed && known });
    }

    private void OneHot(OneHotStep step, PreparedColumn source)
    {
        var categories = step.Values ?? source.Categories ?? new([], null);
        var first = step.DropFirst ? 1 : 0;
        var width = Math.Max(0, categories.Count - first);
        var slot = NewNumbers(width);
        if (categories.Numbers is { } numbers)
        {
            var places = new NumberPlaces(numbers);
            _operations.Add(new NumberOneHot(source.Slot, slot, width, value => places.Find(value) - first));
        }
        else
        {
            _operations.Add(new TextOneHot(source.Slot, slot, width, Places(categories.Texts!), step.DropFirst));
        }

        Set(new(step.Target, ColumnKind.Boolean, slot, width));
    }

    private void Ordinal(OrdinalStep step, PreparedColumn source)
    {
        var categories = step.Values ?? source.Categories ?? new([], null);
        var (unseen, missing) = (step.UnseenValue ?? double.NaN, step.MissingValue ?? double.NaN);
        var mayBeUnseen = !source.IsClosed || !Holds(categories, source.Categories!);
        var mayBeMissing = (source.MayBeMissing && double.IsNaN(missing)) || (mayBeUnseen && double.IsNaN(unseen));
        var isWhole = (step.UnseenValue is null || double.IsInteger(unseen)) && (step.MissingValue is null || double.IsInteger(missing));
        var kind = isWhole ? ColumnKind.Integer : ColumnKind.Number;
        if (categories.Numbers is { } numbers)
        {
            var places = new NumberPlaces(numbers);
            Compute(step, source, kind, into => new NumberOrdinals(source.Slot, into, places, unseen, missing));
        }
        else
        {
            Compute(step, source, kind, into => new TextOrdinals(source.Slot, into, Places(categories.Texts!), unseen, missing));
        }

        Set(_columns[step.Target] with { MayBeMissing = mayBeMissing });
    }

    private void Buckets(BucketizeStep step, PreparedColumn source)
    {
        var inner = Bucketing.InnerEdges(step.Edges);
        var slot = NewNumbers(inner.Length + 1);
        _operations.Add(new NumberOneHot(source.Slot, slot, inner.Length + 1, value => Bucketing.Find(inner, value)));
        Set(new(step.Target, ColumnKind.Boolean, slot, inner.Length + 1));
    }

    private void Cast(CastStep step, PreparedColumn source)
    {
        switch (step.To, source.IsText)
        {
            case (CastTarget.Text, true):
                if (step.Into is null) return;
                _operations.Add(new TextCopy(source.Slot, _nextText));
                Set(source with { Name = step.Target, Slot = _nextText++ });
                break;
            case (CastTarget.Text, false):
                _operations.Add(new NumberToText(source.Slot, _nextText, source.Kind == ColumnKind.Boolean));
                Set(new(step.Target, ColumnKind.Text, _nextText++, MayBeMissing: source.MayBeMissing));
                break;
            case (_, true):
                Compute(step, source, KindOf(step.To), into => new TextToNumber(source.Slot, into, step.To));
                var allRead = source.IsClosed && source.Categories!.Texts!.All(text => !double.IsNaN(TextToNumber.Read(text)));
                Set(_columns[step.Target] with { MayBeMissing = source.MayBeMissing || !allRead });
                break;
            case (CastTarget.Integer, false): Compute(step, source, ColumnKind.Integer, into => new Truncation(source.Slot, into, source.Width)); break;
            case (CastTarget.Boolean, false): Compute(step, source, ColumnKind.Boolean, into => new Flagging(source.Slot, into, source.Width)); break;
            case (_, false): Compute(step, source, source.Kind == ColumnKind.Number ? ColumnKind.Number : ColumnKind.Integer, into => new NumberCopy(source.Slot, into, source.Width)); break;
        }
    }

    private void Assemble(AssembleStep step, int place)
    {
        var columns = step.Columns.Select(name => _columns[name]).ToArray();
        int[] slots = [.. columns.SelectMany(column => Enumerable.Range(column.Slot, column.Width))];
        _consumed.UnionWith(step.Columns);
        _assembled.UnionWith(slots);
        _tensors.Add(new(step.Tensor, step.Datatype, place, columns, slots));
    }

    private void Set(PreparedColumn column)
    {
        if (!_columns.ContainsKey(column.Name)) _names.Add(column.Name);
        _columns[column.Name] = column with { Step = _step };
    }

    private int NewNumbers(int width)
    {
        var slot = _nextNumber;
        _nextNumber += width;
        return slot;
    }

    private static readonly CategoryList Flags = new(null, [0, 1]);

    private static CategoryList? CategoriesOf(InputField input) =>
        input.Type == FieldType.Boolean ? Flags
        : input.AllowedNumbers is { } numbers ? new(null, numbers)
        : input.Values is { } texts ? new(texts, null)
        : null;

    private static FrozenDictionary<string, int> Places(IReadOnlyList<string> texts) =>
        texts.Index().ToFrozenDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);

    private static bool Holds(CategoryList list, CategoryList all) =>
        all.Texts is { } texts ? texts.All(text => list.Texts?.Contains(text) == true) : all.Numbers!.All(number => list.Numbers?.Contains(number) == true);

    private static ColumnKind KindOf(FieldType type) => type switch
    {
        FieldType.Number => ColumnKind.Number,
        FieldType.Integer => ColumnKind.Integer,
        FieldType.Boolean => ColumnKind.Boolean,
        FieldType.Category or FieldType.Text => ColumnKind.Text,
        FieldType.Tensor or FieldType.Explanation => throw new InvalidOperationException("A raw tensor is no column."),
    };

    private static ColumnKind KindOf(CastTarget target) => target switch
    {
        CastTarget.Number => ColumnKind.Number,
        CastTarget.Integer => ColumnKind.Integer,
        CastTarget.Boolean => ColumnKind.Boolean,
        CastTarget.Text => ColumnKind.Text,
    };
}
