using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>What a request counts as.</summary>
internal static class Counting
{
    public static ServedRequest Answered(LoadedVersion version, TrafficRole role, PredictionBatch batch, TimeSpan elapsed, MirrorComparison? mirror = null)
    {
        var plan = version.Plan;
        var score = plan.ScorePlace < 0 ? null : plan.Outputs[plan.ScorePlace].Field;
        return new()
        {
            Model = version.Model,
            Version = version.Version,
            Role = role,
            Rows = batch.Rows,
            Microseconds = elapsed.TotalMicroseconds,
            Scores = batch.Scores,
            // Half a range gives no bins.
            ScoreLow = score?.Max is null ? null : score.Min,
            ScoreHigh = score?.Min is null ? null : score.Max,
            Decisions = batch.DecisionsOfRows,
            Mirror = mirror,
        };
    }

    public static ServedRequest Failed(LoadedVersion version, TrafficRole role, ErrorKind kind, TimeSpan elapsed) => new()
    {
        Model = version.Model,
        Version = version.Version,
        Role = role,
        Error = kind,
        Microseconds = elapsed.TotalMicroseconds,
    };
}
