using System.Globalization;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Serving;

/// <summary>Holds answers to what training computed, sample by sample.</summary>
internal sealed class GoldenComparison(ServingPlan plan)
{
    /// <summary>Absolute, and relative for expectations above 1: what single precision and another order of adding make.</summary>
    public const double Tolerance = 1e-5;
    private const int MostProblems = 20;

    private readonly List<Problem> _problems = [];
    private readonly List<double> _microseconds = [];
    private double _maxDifference;
    private int _failed;

    public void Add(GoldenSample sample, PredictionBatch batch, TimeSpan elapsed)
    {
        _microseconds.Add(elapsed.TotalMicroseconds);
        using var answer = JsonDocument.Parse(RowAnswer.WriteOutputs(plan, batch, row: 0));
        var disagrees = false;
        foreach (var (name, expectedJson) in sample.Outputs)
        {
            using var expected = JsonDocument.Parse(expectedJson);
            if (Agrees(expected.RootElement, answer.RootElement.GetProperty(name))) continue;
            disagrees = true;
            if (_problems.Count < MostProblems)
                _problems.Add(new($"golden:{sample.Line}/outputs/{name}", $"expected {Short(expectedJson)}, got {Short(answer.RootElement.GetProperty(name).GetRawText())}"));
        }

        if (disagrees) _failed++;
    }

    public void AddFailure(GoldenSample sample, string sentence, TimeSpan elapsed)
    {
        _microseconds.Add(elapsed.TotalMicroseconds);
        _failed++;
        if (_problems.Count < MostProblems) _problems.Add(new($"golden:{sample.Line}", sentence));
    }

    public GoldenReplay ToReplay() => new(_microseconds.Count, _failed, _maxDifference, _problems, _microseconds);

    private bool Agrees(JsonElement expected, JsonElement got)
    {
        if (expected.ValueKind == JsonValueKind.Number && got.ValueKind == JsonValueKind.Number)
        {
            var (wanted, answered) = (expected.GetDouble(), got.GetDouble());
            var difference = Math.Abs(answered - wanted);
            _maxDifference = Math.Max(_maxDifference, difference);
            return difference <= Tolerance * Math.Max(1, Math.Abs(wanted));
        }

        if (expected.ValueKind == JsonValueKind.Array && got.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == got.GetArrayLength())
            return expected.EnumerateArray().Zip(got.EnumerateArray()).All(pair => Agrees(pair.First, pair.Second));
        return JsonElement.DeepEquals(expected, got);
    }

    private static string Short(string json) => json.Length <= 60 ? json : string.Create(CultureInfo.InvariantCulture, $"{json[..57]}…");
}
