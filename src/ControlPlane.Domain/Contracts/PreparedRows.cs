using System.Numerics;

namespace ControlPlane.Domain.Contracts;

/// <summary>
/// The columns of some rows of a batch, as the client sent them and as the plan prepares them. Reads the batch's own arrays and never writes to
/// them; its own buffers are used again and grow to the largest run.
/// </summary>
/// <param name="numbers">Per input, per row of the batch; NaN is missing. The inner arrays may be exchanged for longer ones between runs.</param>
/// <param name="texts">Per input, per row of the batch; empty is missing.</param>
public sealed class PreparedRows(PreparationPlan plan, double[][] numbers, string[][] texts)
{
    private readonly int _inputs = plan.Inputs;
    private double[] _numbers = [];
    private string[] _texts = [];

    public PreparationPlan Plan => plan;

    /// <summary>First row of the batch that is prepared.</summary>
    public int From { get; private set; }

    /// <summary>Rows that are prepared.</summary>
    public int Count { get; private set; }

    /// <summary>Runs every operation over rows [from, from + count) of the batch.</summary>
    public void Prepare(int from, int count)
    {
        (From, Count) = (from, count);
        if (_numbers.Length < plan.NumberSlots * count) _numbers = new double[plan.NumberSlots * count];
        if (_texts.Length < plan.TextSlots * count) _texts = new string[plan.TextSlots * count];
        plan.Run(this);
    }

    /// <summary>A column's values of the prepared rows; <paramref name="at"/> counts within a wide one.</summary>
    public ReadOnlySpan<double> Numbers(PreparedColumn column, int at = 0) => Numbers(column.Slot + at);

    public ReadOnlySpan<string> Texts(PreparedColumn column) => Texts(column.Slot);

    public ReadOnlySpan<double> Numbers(int slot) =>
        slot < _inputs ? numbers[slot].AsSpan(From, Count) : _numbers.AsSpan((slot - _inputs) * Count, Count);

    public ReadOnlySpan<string> Texts(int slot) =>
        slot < _inputs ? texts[slot].AsSpan(From, Count) : _texts.AsSpan((slot - _inputs) * Count, Count);

    /// <summary>Writes the slots side by side, row after row, cast to the element type: single precision rounds to nearest, whole types cut at their range.</summary>
    public void Interleave<T>(ReadOnlySpan<int> slots, Span<T> into) where T : INumberBase<T>
    {
        for (var column = 0; column < slots.Length; column++)
        {
            var values = Numbers(slots[column]);
            for (int row = 0, at = column; row < values.Length; row++, at += slots.Length) into[at] = T.CreateSaturating(values[row]);
        }
    }

    /// <summary>Slots of this plan's own that lie side by side, to be written.</summary>
    internal Span<double> WriteNumbers(int slot, int width) => _numbers.AsSpan((slot - _inputs) * Count, width * Count);

    internal Span<string> WriteTexts(int slot) => _texts.AsSpan((slot - _inputs) * Count, Count);

    /// <summary>Slots that lie side by side; more than one only of this plan's own.</summary>
    internal ReadOnlySpan<double> ReadNumbers(int slot, int width) => slot < _inputs ? Numbers(slot) : WriteNumbers(slot, width);
}
