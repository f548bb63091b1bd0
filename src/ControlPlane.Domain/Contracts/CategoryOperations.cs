using System.Collections.Frozen;
using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>The place of a number in a list. What a client sends in single precision is found too: 0.1f is the list's 0.1.</summary>
internal sealed class NumberPlaces
{
    private const int MostCompared = 8;
    private readonly double[] _few = [];
    private readonly int[] _placesOfFew = [];
    private readonly FrozenDictionary<double, int>? _many;

    public NumberPlaces(IReadOnlyList<double> numbers)
    {
        var places = new Dictionary<double, int>();
        foreach (var (place, number) in numbers.Index()) places.TryAdd(number, place);
        foreach (var (place, number) in numbers.Index()) places.TryAdd((float)number, place);
        if (places.Count > MostCompared) _many = places.ToFrozenDictionary();
        else (_few, _placesOfFew) = ([.. places.Keys], [.. places.Values]);
    }

    /// <summary>-1 for a number that is not in the list.</summary>
    public int Find(double value)
    {
        if (_many is not null) return _many.TryGetValue(value, out var place) ? place : -1;
        var at = Array.IndexOf(_few, value);
        return at < 0 ? -1 : _placesOfFew[at];
    }
}

internal sealed class NumberOneHot(int from, int into, int width, Func<double, int> columnOf) : ColumnOperation
{
    public override void Run(PreparedRows rows)
    {
        var columns = rows.WriteNumbers(into, width);
        columns.Clear();
        var values = rows.Numbers(from);
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]) && columnOf(values[row]) is >= 0 and var column) columns[column * values.Length + row] = 1;
        }
    }
}

internal sealed class TextOneHot(int from, int into, int width, FrozenDictionary<string, int> places, bool dropFirst) : CodingOperation(from, into, width)
{
    private readonly int _first = dropFirst ? 1 : 0;

    protected override void Apply(ReadOnlySpan<string> from, Span<double> into)
    {
        into.Clear();
        for (var row = 0; row < from.Length; row++)
        {
            if (from[row].Length > 0 && places.TryGetValue(from[row], out var place) && place >= _first) into[(place - _first) * from.Length + row] = 1;
        }
    }
}

internal sealed class TextOrdinals(int from, int into, FrozenDictionary<string, int> places, double unseen, double missing) : CodingOperation(from, into, 1)
{
    protected override void Apply(ReadOnlySpan<string> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = from[i].Length == 0 ? missing : places.TryGetValue(from[i], out var place) ? place : unseen;
    }
}

internal sealed class TextImputation(int from, int into, string value) : TextOperation(from, into)
{
    protected override void Apply(ReadOnlySpan<string> from, Span<string> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = from[i].Length == 0 ? value : from[i];
    }
}

internal sealed class TextCopy(int from, int into) : TextOperation(from, into)
{
    protected override void Apply(ReadOnlySpan<string> from, Span<string> into) => from.CopyTo(into);
}

internal sealed class TextIndicator(int from, int into) : CodingOperation(from, into, 1)
{
    protected override void Apply(ReadOnlySpan<string> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = from[i].Length == 0 ? 1 : 0;
    }
}

/// <summary>What an input's <c>"unseen": "missing"</c> does: values that the contract does not list become empty.</summary>
internal sealed class UnseenRemoval(int from, int into, FrozenSet<string> listed) : TextOperation(from, into)
{
    protected override void Apply(ReadOnlySpan<string> from, Span<string> into)
    {
        for (var i = 0; i < from.Length; i++) into[i] = listed.Contains(from[i]) ? from[i] : "";
    }
}

internal sealed class TextToNumber(int from, int into, CastTarget to) : CodingOperation(from, into, 1)
{
    protected override void Apply(ReadOnlySpan<string> from, Span<double> into)
    {
        for (var i = 0; i < from.Length; i++)
        {
            var value = Read(from[i]);
            into[i] = double.IsNaN(value) ? value : to switch
            {
                CastTarget.Integer => Math.Truncate(value) + 0.0,
                CastTarget.Boolean => value != 0 ? 1 : 0,
                CastTarget.Number or CastTarget.Text => value,
            };
        }
    }

    /// <summary>NaN for a text that is no finite number.</summary>
    internal static double Read(string text) => text switch
    {
        "true" => 1,
        "false" => 0,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : double.NaN,
    };
}

internal sealed class NumberToText(int from, int into, bool isBoolean) : ColumnOperation
{
    private static readonly string[] Small = [.. Enumerable.Range(0, 1024).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public override void Run(PreparedRows rows)
    {
        var values = rows.Numbers(from);
        var texts = rows.WriteTexts(into);
        for (var i = 0; i < values.Length; i++) texts[i] = double.IsNaN(values[i]) ? "" : isBoolean ? values[i] != 0 ? "true" : "false" : Write(values[i]);
    }

    /// <summary>The shortest text that reads back as the same number; common whole numbers are not written anew for every row.</summary>
    internal static string Write(double value) => value >= 0 && value < Small.Length && double.IsInteger(value)
        ? Small[(int)value]
        : value.ToString("R", CultureInfo.InvariantCulture);
}
