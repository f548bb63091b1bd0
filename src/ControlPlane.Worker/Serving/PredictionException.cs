using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Worker.Serving;

/// <summary>A request that gets no prediction: which kind of error it counts as, and the sentence that the client reads.</summary>
public sealed class PredictionException(ErrorKind kind, string sentence) : Exception(sentence)
{
    public ErrorKind Kind { get; } = kind;

    public static PredictionException Payload(string path, string sentence) => new(ErrorKind.Payload, new Problem(path, sentence).ToString());

    public static PredictionException Payload(IReadOnlyList<Problem> problems) => new(ErrorKind.Payload, string.Join("; ", problems));
}
