namespace ControlPlane.Domain.Contracts;

/// <summary>What a prepared column holds.</summary>
public enum ColumnKind
{
    /// <summary>Any double.</summary>
    Number,

    /// <summary>Whole numbers alone.</summary>
    Integer,

    /// <summary>0 and 1 alone.</summary>
    Boolean,

    Text,
}

/// <summary>One column as it stands after every preprocessing step: an input that none touched, a replaced one, or a new one.</summary>
/// <param name="Slot">Where its first column of values lies; texts and numbers count apart. The inputs themselves come first, in the contract's order.</param>
/// <param name="Width">Columns of values that it stands for: more than 1 after one_hot. They lie in the slots that follow each other.</param>
/// <param name="MayBeMissing">Whether a checked row can leave NaN or an empty text in it.</param>
/// <param name="Input">Place of the input whose own values it still carries, gaps that impute filled aside; null for computed values.</param>
public sealed record PreparedColumn(string Name, ColumnKind Kind, int Slot, int Width = 1, bool MayBeMissing = false, int? Input = null)
{
    public bool IsText => Kind == ColumnKind.Text;

    /// <summary>Place of the preprocessing step that wrote it last; null for an input that none wrote.</summary>
    public int? Step { get; init; }

    /// <summary>The categories that one_hot and ordinal take when they name none; null when the column has none.</summary>
    internal CategoryList? Categories { get; init; }

    /// <summary>Whether nothing but its categories, or a missing value, can be in it.</summary>
    internal bool IsClosed { get; init; }
}

/// <summary>One tensor [rows, slots] that an assemble step builds.</summary>
/// <param name="Step">Place of the step in the contract's preprocessing.</param>
/// <param name="Slots">The number slots side by side, a wide column's one after the other.</param>
public sealed record AssembledTensor(string Name, string Datatype, int Step, IReadOnlyList<PreparedColumn> Columns, IReadOnlyList<int> Slots);
