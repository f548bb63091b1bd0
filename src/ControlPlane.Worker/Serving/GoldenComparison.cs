using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Serving;

/// <summary>Holds the rows of one run to what training computed for them, stage by stage.</summary>
internal sealed class GoldenComparison(ServingPlan plan, IReadOnlyList<GoldenSample> samples) : IStageWatch
{
    private const string Decision = "decision";
    private const int MostDifferences = 20;
    private const int MostInputCharacters = 4000;
    private const int MostValueCharacters = 400;
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private readonly List<GoldenDifference>[] _differences = [.. samples.Select(_ => new List<GoldenDifference>())];
    private readonly GoldenDifference?[] _furthest = new GoldenDifference?[samples.Count];
    private double _maxDifference;

    /// <summary>The stage that the rows have come to; where an error came from.</summary>
    public GoldenStage Stage { get; private set; } = GoldenStage.Payload;

    /// <summary>Largest difference between numeric outputs.</summary>
    public double MaxDifference => _maxDifference;

    /// <summary>Stages for which any of the samples holds expectations.</summary>
    public IEnumerable<GoldenStage> Expected()
    {
        if (samples.Any(sample => sample.Stages?.Preprocessing.Count > 0)) yield return GoldenStage.Preprocessing;
        if (samples.Any(sample => sample.Stages?.Model.Count > 0)) yield return GoldenStage.Model;
        if (samples.Any(sample => sample.Outputs.Count > 0)) yield return GoldenStage.Postprocessing;
    }

    /// <summary>The payload is taken; preparation begins.</summary>
    public void Accepted() => Stage = GoldenStage.Preprocessing;

    public void Prepared(PredictionBatch batch, NamedTensor[] feeds)
    {
        Stage = GoldenStage.Model;
        for (var row = 0; row < samples.Count; row++)
        {
            foreach (var (name, expected) in samples[row].Stages?.Preprocessing ?? Nothing)
                Keep(row, GoldenAgreement.Compare(GoldenStage.Preprocessing, name, expected, PreparedValues.Find(plan, batch, feeds, name, row, samples.Count)));
        }
    }

    public void Answered(IReadOnlyList<string> names, IReadOnlyList<NamedTensor> tensors)
    {
        Stage = GoldenStage.Postprocessing;
        for (var row = 0; row < samples.Count; row++)
        {
            foreach (var (name, expected) in samples[row].Stages?.Model ?? Nothing)
            {
                var tensor = tensors.FirstOrDefault(tensor => tensor.Name == name).Tensor;
                Keep(row, GoldenAgreement.Compare(GoldenStage.Model, name, expected, tensor is null ? null : StageValues.Of(tensor, row, samples.Count)));
            }
        }
    }

    /// <summary>Compares the final outputs; to be called when the run has ended well.</summary>
    public void Finished(PredictionBatch batch)
    {
        for (var row = 0; row < samples.Count; row++)
        {
            using var answer = JsonDocument.Parse(RowAnswer.WriteOutputs(plan, batch, row));
            foreach (var (name, expectedJson) in samples[row].Outputs)
            {
                using var expected = JsonDocument.Parse(expectedJson);
                var got = answer.RootElement.TryGetProperty(name, out var value) ? value : default;
                var difference = 0.0;
                var agrees = got.ValueKind != JsonValueKind.Undefined && GoldenAgreement.Agrees(expected.RootElement, got, ref difference);
                _maxDifference = Math.Max(_maxDifference, difference);
                if (agrees && difference > (_furthest[row]?.Difference ?? 0)) _furthest[row] = new(GoldenStage.Postprocessing, name, expectedJson, got.GetRawText(), difference);
                if (!agrees) Keep(row, new(GoldenStage.Postprocessing, name, expectedJson, got.ValueKind == JsonValueKind.Undefined ? "null" : got.GetRawText(), difference > 0 ? difference : null));
            }
        }
    }

    /// <summary>The row's report; null when it agrees.</summary>
    public GoldenRow? Row(int row)
    {
        if (_differences[row] is not { Count: > 0 } found) return null;
        var ordered = Ordered(found);
        var stage = ordered[0].Stage == GoldenStage.Postprocessing && !IsProven(samples[row], ordered) ? (GoldenStage?)null : ordered[0].Stage;
        return new(samples[row].Line, stage, Inputs(samples[row]), null, ordered);
    }

    /// <summary>A row that agrees, with the output that is furthest off.</summary>
    public GoldenRow Agreeing(int row) => new(samples[row].Line, null, Inputs(samples[row]), null, _furthest[row] is { } found ? [Cut(found)] : []);

    /// <summary>Largest difference between numeric outputs of a row that agrees.</summary>
    public double DifferenceOf(int row) => _furthest[row]?.Difference ?? 0;

    /// <summary>The report of the only row, which got no answer.</summary>
    public GoldenRow Refused(string sentence)
    {
        // What parted on the way says more than what came of it.
        var before = Ordered(_differences[0]);
        return new(samples[0].Line, before.Count > 0 ? before[0].Stage : Stage, Inputs(samples[0]), sentence, before);
    }

    /// <summary>The earliest stage first, there the furthest off first; last what follows from others: the decision from the score, an assembled tensor from its columns.</summary>
    private List<GoldenDifference> Ordered(List<GoldenDifference> found) =>
        [.. found.OrderBy(value => value.Stage).ThenBy(value => IsDerived(value.Path)).ThenByDescending(value => value.Excess()).Take(MostDifferences)];

    private bool IsDerived(string path) => path == Decision || plan.Preparation.Tensors.Any(tensor => path == tensor.Name || path.StartsWith($"{tensor.Name}[", StringComparison.Ordinal));

    /// <summary>Whether all that is wrong was made of tensors that the model gave rightly.</summary>
    private bool IsProven(GoldenSample sample, List<GoldenDifference> wrong)
    {
        var policy = plan.Contract.Policy;
        return wrong.TrueForAll(value => HasTensor(sample, value.Path)
            || (value.Path == Decision && policy is not null && (HasTensor(sample, policy.Score) || ScoreAgrees(sample, policy.Score, wrong))));
    }

    private bool HasTensor(GoldenSample sample, string output) =>
        plan.Contract.Outputs.FirstOrDefault(field => field.Name == output) is { } field && sample.Stages?.Model.ContainsKey(field.Tensor) == true;

    private static bool ScoreAgrees(GoldenSample sample, string score, List<GoldenDifference> wrong) =>
        sample.Outputs.ContainsKey(score) && wrong.TrueForAll(value => value.Path != score);

    private void Keep(int row, GoldenDifference? difference)
    {
        if (difference is { } parted) _differences[row].Add(Cut(parted));
    }

    private static GoldenDifference Cut(GoldenDifference value) =>
        value with { ExpectedJson = Cut(value.ExpectedJson, MostValueCharacters), GotJson = Cut(value.GotJson, MostValueCharacters) };

    private static string Inputs(GoldenSample sample) => Cut(sample.InputsJson, MostInputCharacters);

    private static string Cut(string json, int most) => json.Length <= most ? json : $"{json[..most]}…";
}
