using System.Diagnostics;
using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Inference;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Trials;

/// <summary>Follows one row through the stages: what it is at each, and how long each takes. What it writes down itself does not count as time.</summary>
/// <param name="prepared">Told what is known before the model runs, because the process may not live to tell more.</param>
internal sealed class TrialWatch(ServingPlan plan, Action<TrialReport>? prepared) : IStageWatch
{
    private const int MostColumns = 2000;
    private const int MostValues = 512;
    private const int MostTextCharacters = 1000;

    private readonly Dictionary<string, double> _microseconds = [];
    private readonly List<string> _leftOut = [];
    private GoldenStage _stage = GoldenStage.Payload;
    private TrialPreparation? _preparation;
    private TrialTensors? _model;
    private long _mark = Stopwatch.GetTimestamp();

    /// <summary>The payload is taken.</summary>
    public void Accepted() => Pass(GoldenStage.Preprocessing);

    public void Prepared(PredictionBatch batch, NamedTensor[] feeds)
    {
        Pass(GoldenStage.Model);
        var columns = new Dictionary<string, JsonElement>();
        foreach (var column in plan.Preparation.Columns.Take(MostColumns))
        {
            if (PreparedValues.Column(batch, column, row: 0) is not { } values) continue;
            var shown = Shown($"preprocessing/columns/{column.Name}", values);
            columns.Add(column.Name, column.Width == 1 ? shown[0] : JsonSerializer.SerializeToElement(shown));
        }

        if (plan.Preparation.Columns.Count > MostColumns) _leftOut.Add($"preprocessing/columns: the first {MostColumns} of {plan.Preparation.Columns.Count} are shown");
        _preparation = new(columns, feeds.ToDictionary(feed => feed.Name, feed => Shown("preprocessing", feed)));
        prepared?.Invoke(ToReport(null, null));
        _mark = Stopwatch.GetTimestamp();
    }

    public void Answered(IReadOnlyList<string> names, IReadOnlyList<NamedTensor> tensors)
    {
        Pass(GoldenStage.Postprocessing);
        _model = new(tensors.ToDictionary(tensor => tensor.Name, tensor => Shown("model", tensor)));
        _mark = Stopwatch.GetTimestamp();
    }

    /// <summary>The answer is written.</summary>
    public void Finished() => Pass(null);

    public void LeaveOut(string sentence) => _leftOut.Add(sentence);

    public TrialReport ToReport(TrialOutcome? outcome, JsonElement? prediction) =>
        new(new(new(_stage > GoldenStage.Payload), _preparation, _model, outcome), prediction, [], null, _microseconds, _leftOut);

    /// <summary>The row ended at the stage that it had come to.</summary>
    public TrialReport ToReport(PredictionException cause)
    {
        var stage = GoldenReplay.Word(_stage);
        IReadOnlyList<TrialProblem> problems = cause.Problems.Count == 0
            ? [new(stage, "", cause.Message)]
            : [.. cause.Problems.Kept.Select(problem => new TrialProblem(stage, problem.Path, problem.Sentence))];
        return ToReport(null, Body(cause)) with { FailedStage = stage, Problems = problems };
    }

    /// <summary>What the client would read.</summary>
    private static JsonElement Body(PredictionException cause)
    {
        var answer = AnswerBuffer.Rent();
        try
        {
            ErrorAnswer.WriteBody(answer.Json, cause.Message, cause.Problems);
            answer.Json.Flush();
            return JsonSerializer.Deserialize<JsonElement>(answer.Bytes.WrittenSpan);
        }
        finally
        {
            AnswerBuffer.Return(answer);
        }
    }

    private void Pass(GoldenStage? next)
    {
        _microseconds[GoldenReplay.Word(_stage)] = Stopwatch.GetElapsedTime(_mark).TotalMicroseconds;
        if (next is { } stage) _stage = stage;
        _mark = Stopwatch.GetTimestamp();
    }

    private TrialTensor Shown(string stage, NamedTensor named)
    {
        var values = StageValues.Of(named.Tensor, row: 0, rows: 1);
        return new(TensorElements.DatatypeOf(named.Tensor.ElementType), named.Tensor.Shape, values is null ? [] : Shown($"{stage}/tensors/{named.Name}", values));
    }

    private List<JsonElement> Shown(string path, StageValues values)
    {
        if (values.Length > MostValues) _leftOut.Add($"{path}: the first {MostValues} of {values.Length} values are shown");
        return [.. Enumerable.Range(0, Math.Min(MostValues, values.Length)).Select(at => values.Element(at, MostTextCharacters))];
    }
}
