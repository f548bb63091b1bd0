using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>What a tried row went through.</summary>
public static class TryFigures
{
    private const int MostValues = 24;

    /// <summary>Each stage with its time, the one that failed, and those that were not reached.</summary>
    public static IReadOnlyList<StageState> Stages(TriedRow row) => [.. Enum.GetValues<GoldenStage>().Select(stage => State(stage, row))];

    /// <summary>The problems of one input, so that they stand beside it.</summary>
    public static IReadOnlyList<string> Of(InputField input, IReadOnlyList<TrialProblem> problems) =>
        [.. problems.Where(problem => Segments(problem.Path).Contains(input.Name)).Select(problem => problem.Sentence)];

    /// <summary>Problems that belong to no input of the form.</summary>
    public static IReadOnlyList<TrialProblem> Others(IEnumerable<InputField> inputs, IReadOnlyList<TrialProblem> problems)
    {
        var names = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        return [.. problems.Where(problem => !Segments(problem.Path).Any(names.Contains))];
    }

    /// <summary>The columns that are no tensor of their own: what the model is fed with under the same name is shown there.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>> OwnColumns(TrialPreparation prepared) => [.. prepared.Columns.Where(column => !prepared.Tensors.ContainsKey(column.Key))];

    /// <summary>Whether a tensor's values stand among the columns already.</summary>
    public static bool IsAssembled(TrialPreparation prepared, string tensor) => OwnColumns(prepared).Count > 0 && !prepared.Columns.ContainsKey(tensor);

    /// <summary>"FP32 [1, 3]".</summary>
    public static string Shape(TrialTensor tensor) => $"{tensor.Datatype} [{string.Join(", ", tensor.Shape)}]";

    public static string Values(TrialTensor tensor) => Cut([.. tensor.Values.Select(Value)], tensor.Shape.Aggregate(1L, (product, axis) => product * axis));

    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "not a number",
        JsonValueKind.Number when value.TryGetDouble(out var number) => Number(number),
        JsonValueKind.Array => Cut([.. value.EnumerateArray().Select(Value)], value.GetArrayLength()),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string Number(double number) => double.IsInteger(number) && Math.Abs(number) < 1e15 ? Phrases.Number(number) : number.ToString("G7", System.Globalization.CultureInfo.InvariantCulture);

    private static string Cut(IReadOnlyList<string> values, long all) =>
        string.Join(", ", values.Take(MostValues)) + (all > Math.Min(values.Count, MostValues) ? $", … ({Phrases.Count(all)} values)" : "");

    private static StageState State(GoldenStage stage, TriedRow row)
    {
        var time = row.Microseconds.TryGetValue(stage.ToString().ToLowerInvariant(), out var microseconds) ? $" {Phrases.Number(Math.Round(microseconds, 1))} µs" : "";
        return row.FailedStage switch
        {
            { } failed when stage == failed => new(stage, "fail", $"✕ stops here{time}"),
            { } failed when stage > failed => new(stage, "no-data", "– not reached"),
            _ => new(stage, "pass", $"✓{(time.Length > 0 ? time : " passed")}"),
        };
    }

    private static IEnumerable<string> Segments(string path) => path.Split(['/', '.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
}
