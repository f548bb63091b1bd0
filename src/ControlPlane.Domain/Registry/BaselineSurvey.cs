using System.Globalization;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// Makes a baseline of rows that pass twice in the same order: <see cref="Survey"/> for each, <see cref="FixBins"/>, <see cref="Count"/> for each,
/// <see cref="Finish"/>. Holds at most ten million numbers and two hundred thousand texts, however many rows there are.
/// </summary>
public sealed class BaselineSurvey
{
    private const int KeptNumbers = 10_000_000;
    private const int KeptTexts = 200_000;

    private readonly Dictionary<string, ColumnSurvey> _columns = new(StringComparer.Ordinal);
    private readonly List<BaselineGap> _gaps = [];
    private readonly List<string> _remarks = [];
    private readonly HashSet<string> _textInputs;
    private readonly BaselineSource _source;
    private readonly string? _score;
    private long _rows;

    /// <param name="present">The columns that the rows have; null when every input and output may be there.</param>
    public BaselineSurvey(Contract contract, BaselineSource source, IReadOnlyCollection<string>? present = null)
    {
        _source = source;
        var inputs = MonitoredInputs(contract);
        _textInputs = [.. inputs.Where(input => input.Type == FieldType.Text).Select(input => input.Name)];
        _score = ScoreOf(contract) is { } output && inputs.All(input => input.Name != output.Name) ? output.Name : null;
        foreach (var input in inputs)
        {
            if (present?.Contains(input.Name) != false) _columns[input.Name] = Begin(input, inputs.Count);
            else _gaps.Add(new(input.Name, "is no column of the reference"));
        }

        if (inputs.Count == 0) _remarks.Add("The contract has no monitored input; raw tensors have no bins.");
        if (ScoreOf(contract) is { } score) AddScore(score, inputs.Count, present);
    }

    /// <summary>The inputs whose distributions are compared: all but raw tensors and those that the contract says are not monitored.</summary>
    public static IReadOnlyList<InputField> MonitoredInputs(Contract contract) => [.. contract.Inputs.Where(input => input.Monitored && input.Type != FieldType.Tensor)];

    /// <summary>The score of the policy, else the first output that is a number; null when the contract has none.</summary>
    public static OutputField? ScoreOf(Contract contract) => contract.Outputs.FirstOrDefault(output =>
        contract.Policy is { } policy ? output.Name == policy.Score : output.Type is FieldType.Number or FieldType.Integer);

    /// <summary>Whether a column of this name is looked at.</summary>
    public bool Reads(string column) => _columns.ContainsKey(column);

    public void Survey(string column, RowValue value) => _columns[column].Survey(value);

    public void FixBins(long rows)
    {
        _rows = rows;
        foreach (var column in _columns.Values.ToList())
        {
            if (_source == BaselineSource.Reference && column.Outside > 0)
                _remarks.Add($"{column.Name}: {Whole(column.Outside)} of {Whole(column.Present)} values are outside what the contract allows.");
            if (IsFreeText(column)) PassOver(column, $"{column.Name} is free text (more than {BaselineBins.MaxValues} values, or hardly one twice) and is not compared.");
            else if (column.FixBins() is { } sentence) Drop(column, sentence);
        }
    }

    public void Count(string column, RowValue value)
    {
        if (_columns.TryGetValue(column, out var survey)) survey.Count(value);
    }

    public Baseline Finish()
    {
        var features = _columns.Values.Where(column => column.Name != _score).Select(column => column.Distribution()).ToList();
        var score = _score is null ? null : _columns.GetValueOrDefault(_score)?.Distribution();
        return new(_source, _rows, features, score, _gaps, _remarks);
    }

    /// <summary>Adds a sentence about the rows themselves.</summary>
    public void Remark(string sentence) => _remarks.Add(sentence);

    private static ColumnSurvey Begin(InputField input, int columns)
    {
        var texts = Math.Clamp(KeptTexts / columns, BaselineBins.MaxValues + 1, 10_000);
        return input.Type switch
        {
            FieldType.Boolean => new ValueSurvey(input.Name, ["false", "true"], isClosed: true, texts),
            FieldType.Category or FieldType.Text => new ValueSurvey(input.Name, input.Values ?? [], input is { Type: FieldType.Category, Unseen: UnseenPolicy.Reject }, texts),
            FieldType.Number or FieldType.Integer when input.AllowedNumbers is { } allowed =>
                new ValueSurvey(input.Name, [.. allowed.Select(number => RowValue.Of(number).AsText())], isClosed: true, texts),
            FieldType.Number or FieldType.Integer => Numbers(input.Name, input.Min, input.Max, columns),
            FieldType.Tensor or FieldType.Explanation => throw new ArgumentOutOfRangeException(nameof(input), input.Type, "Only single values have a distribution."),
        };
    }

    private static NumberSurvey Numbers(string name, double? min, double? max, int columns) => new(name, min, max, Math.Clamp(KeptNumbers / columns, 1_000, 100_000));

    private void AddScore(OutputField score, int inputs, IReadOnlyCollection<string>? present)
    {
        // An input of the same name is what a plain column means.
        if (_columns.ContainsKey(score.Name) || _gaps.Exists(gap => gap.Name == score.Name))
            _remarks.Add($"{score.Name} is an input as well as the score; the column is taken as the input.");
        else if (present?.Contains(score.Name) != false) _columns[score.Name] = Numbers(score.Name, score.Min, score.Max, inputs + 1);
        else _remarks.Add($"The reference has no column {score.Name}, so the score's distribution is not compared.");
    }

    private bool IsFreeText(ColumnSurvey column) => column is ValueSurvey { IsFreeText: true } && _textInputs.Contains(column.Name) && column.Present >= BaselineBins.MinValues;

    private void Drop(ColumnSurvey column, string sentence)
    {
        if (column.Name == _score && column.Present == 0)
        {
            PassOver(column, $"No row has a value of {column.Name}, so the score's distribution is not compared.");
            return;
        }

        _columns.Remove(column.Name);
        _gaps.Add(new(column.Name, sentence));
    }

    private void PassOver(ColumnSurvey column, string remark)
    {
        _columns.Remove(column.Name);
        _remarks.Add(remark);
    }

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
