namespace ControlPlane.Domain.Contracts;

/// <summary>One compiled step: reads slots, writes slots, row by row without memory of its own.</summary>
internal abstract class ColumnOperation
{
    public abstract void Run(PreparedRows rows);
}

/// <summary>Numbers to as many numbers, value by value; source and target may be the same slots.</summary>
internal abstract class NumberOperation(int from, int into, int width) : ColumnOperation
{
    public sealed override void Run(PreparedRows rows) => Apply(rows.ReadNumbers(from, width), rows.WriteNumbers(into, width));

    protected abstract void Apply(ReadOnlySpan<double> from, Span<double> into);
}

/// <summary>Texts to texts, value by value.</summary>
internal abstract class TextOperation(int from, int into) : ColumnOperation
{
    public sealed override void Run(PreparedRows rows) => Apply(rows.Texts(from), rows.WriteTexts(into));

    protected abstract void Apply(ReadOnlySpan<string> from, Span<string> into);
}

/// <summary>Texts to numbers; a wide target holds its columns one after the other.</summary>
internal abstract class CodingOperation(int from, int into, int width) : ColumnOperation
{
    public sealed override void Run(PreparedRows rows) => Apply(rows.Texts(from), rows.WriteNumbers(into, width));

    protected abstract void Apply(ReadOnlySpan<string> from, Span<double> into);
}
