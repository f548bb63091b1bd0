using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Inference;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Trials;

/// <summary>One raw row through a version, as a client's request goes, with every stage written down. Counts nowhere, is not mirrored, and has all the time it needs.</summary>
internal static class RowTrial
{
    private const int MostPredictionBytes = 1024 * 1024;
    private const int MostOutputCharacters = 64 * 1024;

    /// <param name="prepared">Told what is known before the model runs.</param>
    /// <exception cref="PredictionException">Overloaded: the version is too busy with requests.</exception>
    public static async Task<TrialReport> Run(LoadedVersion version, TrialRow row, Action<TrialReport>? prepared, CancellationToken cancellation)
    {
        var body = Body(row);
        var watch = new TrialWatch(version.Plan, prepared);
        var batch = version.Rent();
        var answer = AnswerBuffer.Rent();
        try
        {
            var envelope = PayloadEnvelope.Read(PayloadForm.Rows, body, body.Length);
            var form = envelope.ChooseForm(version, header: null, championMajor: null);
            envelope.ReadInto(version.Plan, batch);
            watch.Accepted();
            await version.Run(batch, cancellation, watch);
            envelope.WriteAnswer(answer, version, form, batch, Guid.CreateVersion7().ToString());
            watch.Finished();
            var outcome = Outcome(version.Plan, batch, watch);
            return watch.ToReport(outcome, Prediction(answer, watch));
        }
        catch (PredictionException cause) when (cause.Kind != ErrorKind.Overloaded)
        {
            return watch.ToReport(cause);
        }
        finally
        {
            AnswerBuffer.Return(answer);
            version.Return(batch);
        }
    }

    private static byte[] Body(TrialRow row)
    {
        var asked = row.ResponseVersion is null ? "" : $", \"response_version\": {JsonSerializer.Serialize(row.ResponseVersion)}";
        return Encoding.UTF8.GetBytes($"{{\"instances\": [{row.InputsJson}]{asked}}}");
    }

    private static JsonElement? Prediction(AnswerBuffer answer, TrialWatch watch)
    {
        if (answer.Bytes.WrittenCount <= MostPredictionBytes) return JsonSerializer.Deserialize<JsonElement>(answer.Bytes.WrittenSpan);
        watch.LeaveOut($"prediction: {answer.Bytes.WrittenCount} bytes are too many to show");
        return null;
    }

    private static TrialOutcome Outcome(ServingPlan plan, PredictionBatch batch, TrialWatch watch)
    {
        var answer = JsonSerializer.Deserialize<JsonElement>(RowAnswer.WriteOutputs(plan, batch, row: 0).Span);
        var outputs = new Dictionary<string, JsonElement>();
        string? decision = null;
        foreach (var output in answer.EnumerateObject())
        {
            if (output.Name == "decision" && plan.Contract.Policy is not null) decision = output.Value.GetString();
            else if (output.Value.GetRawText().Length <= MostOutputCharacters) outputs.Add(output.Name, output.Value);
            else watch.LeaveOut($"postprocessing/outputs/{output.Name}: is too large to show");
        }

        return new(outputs, decision);
    }
}
