using System.Diagnostics;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Serving;

/// <summary>Runs one mirrored copy, compares it with the answer that was sent, and counts both.</summary>
public static class MirrorRun
{
    /// <summary>Does nothing when the version has left the table meanwhile. Never throws for what the copy or the model does; such errors are counted.</summary>
    public static async Task Execute(ServingTable table, MirrorRequest request, IPredictionSink sink, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!table.Models.TryGetValue(request.Model, out var model) || !model.Versions.TryGetValue(request.Version, out var version) || !version.TryEnter()) return;
        var batch = version.Rent();
        var started = Stopwatch.GetTimestamp();
        try
        {
            PayloadEnvelope.Read(request.Form, request.Body, request.JsonBytes).ReadInto(version.Plan, batch);
            await version.RunInTime(batch);
            sink.Record(Counting.Answered(version, TrafficRole.Mirror, batch, Stopwatch.GetElapsedTime(started), Compare(request, batch)));
        }
        catch (PredictionException cause)
        {
            sink.Record(Counting.Failed(version, TrafficRole.Mirror, cause.Kind, Stopwatch.GetElapsedTime(started)));
        }
        finally
        {
            version.Return(batch);
            version.Leave();
        }
    }

    /// <summary>Pairs rows by place. Without scores or decisions on both sides there is nothing to compare.</summary>
    private static MirrorComparison Compare(MirrorRequest request, PredictionBatch batch)
    {
        var scores = batch.Scores;
        var decisions = batch.DecisionsOfRows;
        var (compared, flips, sum, absolute) = (0L, 0L, 0.0, 0.0);
        var rows = Math.Min(batch.Rows, Math.Max(request.SentScores.Length, request.SentDecisions.Length));
        for (var row = 0; row < rows; row++)
        {
            var hasScores = row < scores.Length && row < request.SentScores.Length;
            var hasDecisions = row < decisions.Length && row < request.SentDecisions.Length;
            if (hasScores || hasDecisions) compared++;
            if (hasDecisions && decisions[row] != request.SentDecisions[row]) flips++;
            if (!hasScores) continue;
            var difference = scores[row] - request.SentScores[row];
            sum += difference;
            absolute += Math.Abs(difference);
        }

        return new(compared, flips, sum, absolute);
    }
}
