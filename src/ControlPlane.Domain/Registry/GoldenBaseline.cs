using System.Text.Json;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>A baseline out of golden samples: their inputs and the score that training computed. What does not have its field's type counts as missing; replaying the sample tells it.</summary>
public static class GoldenBaseline
{
    public static Baseline Of(IReadOnlyList<GoldenSample> samples, Contract contract)
    {
        var survey = new BaselineSurvey(contract, BaselineSource.Golden);
        var inputs = BaselineSurvey.MonitoredInputs(contract);
        var score = BaselineSurvey.ScoreOf(contract);
        foreach (var sample in samples) Pass(sample, inputs, score, survey.Survey);
        survey.FixBins(samples.Count);
        foreach (var sample in samples) Pass(sample, inputs, score, survey.Count);
        return survey.Finish();
    }

    private static void Pass(GoldenSample sample, IReadOnlyList<InputField> inputs, OutputField? score, Action<string, RowValue> take)
    {
        using var row = JsonDocument.Parse(sample.InputsJson);
        foreach (var input in inputs) take(input.Name, row.RootElement.TryGetProperty(input.Name, out var value) ? Read(value, input.Type) : RowValue.Missing);
        if (score is null || inputs.Any(input => input.Name == score.Name)) return;
        take(score.Name, sample.Outputs.TryGetValue(score.Name, out var json) ? Read(JsonSerializer.Deserialize<JsonElement>(json), FieldType.Number) : RowValue.Missing);
    }

    private static RowValue Read(JsonElement value, FieldType type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.Number, FieldType.Number or FieldType.Integer) when value.TryGetDouble(out var number) && double.IsFinite(number) => RowValue.Of(number),
        (JsonValueKind.True or JsonValueKind.False, FieldType.Boolean) => RowValue.Of(value.GetBoolean()),
        (JsonValueKind.String, FieldType.Category or FieldType.Text) => RowValue.Of(value.GetString()!),
        _ => RowValue.Missing,
    };
}
