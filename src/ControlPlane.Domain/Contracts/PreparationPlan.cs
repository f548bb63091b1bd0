using System.Collections.Frozen;

namespace ControlPlane.Domain.Contracts;

/// <summary>A contract's preprocessing, compiled once: named, pure operations over whole columns, in the contract's order, computed in double precision.</summary>
public sealed class PreparationPlan
{
    private readonly ColumnOperation[] _operations;
    private readonly FrozenDictionary<string, PreparedColumn> _byName;

    internal PreparationPlan(
        int inputs, IReadOnlyList<ColumnOperation> operations, IReadOnlyList<PreparedColumn> columns, IReadOnlyList<AssembledTensor> tensors, IEnumerable<string> consumed)
    {
        (Inputs, Columns, Tensors) = (inputs, columns, tensors);
        _operations = [.. operations];
        _byName = columns.ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);
        Consumed = consumed.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Inputs of the contract; the first slots are theirs.</summary>
    public int Inputs { get; }

    /// <summary>Every column as it stands after the last step, raw tensors aside.</summary>
    public IReadOnlyList<PreparedColumn> Columns { get; }

    public IReadOnlyList<AssembledTensor> Tensors { get; }

    /// <summary>Columns that an assemble or an "into" step has read: they need no tensor of their own name.</summary>
    public IReadOnlySet<string> Consumed { get; }

    /// <summary>Nothing is computed: every column is what the client sent.</summary>
    public bool IsEmpty => _operations.Length == 0;

    /// <summary>Slots beyond the inputs' own.</summary>
    internal int NumberSlots { get; init; }

    internal int TextSlots { get; init; }

    /// <summary>Compiles the preprocessing of a contract that was read without problems. An onnx step is no column operation and leaves the columns as they are.</summary>
    public static PreparationPlan Of(Contract contract) => new PreparationCompiler(contract).Compile();

    public PreparedColumn? Find(string name) => _byName.GetValueOrDefault(name);

    internal void Run(PreparedRows rows)
    {
        foreach (var operation in _operations) operation.Run(rows);
    }
}
