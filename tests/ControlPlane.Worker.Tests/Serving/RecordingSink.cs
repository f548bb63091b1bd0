using System.Collections.Concurrent;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Serving;

internal sealed record Recorded(string Model, int Version, TrafficRole Role, int Rows, ErrorKind? Error, double[] Scores, string[] Decisions, MirrorComparison? Mirror, double? Low, double? High);

/// <summary>Keeps what was counted.</summary>
internal sealed class RecordingSink : IPredictionSink
{
    public ConcurrentQueue<Recorded> Requests { get; } = new();

    public void Record(in ServedRequest request) => Requests.Enqueue(new(
        request.Model, request.Version, request.Role, request.Rows, request.Error, request.Scores.ToArray(), request.Decisions.ToArray(), request.Mirror, request.ScoreLow, request.ScoreHigh));
}

/// <summary>Keeps the copies.</summary>
internal sealed class RecordingMirrors : IMirrorQueue
{
    public ConcurrentQueue<MirrorRequest> Copies { get; } = new();

    public bool TryEnqueue(MirrorRequest request)
    {
        Copies.Enqueue(request);
        return true;
    }
}
