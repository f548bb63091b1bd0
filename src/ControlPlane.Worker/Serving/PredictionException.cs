using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Worker.Serving;

/// <summary>A request that gets no prediction: which kind of error it counts as, and the sentence that the client reads.</summary>
public sealed class PredictionException(ErrorKind kind, string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    public ErrorKind Kind { get; } = kind;

    /// <summary>Whether nothing has run and the same request is welcome again shortly.</summary>
    public bool MayRetry { get; init; }

    public static PredictionException Payload(string path, string sentence) => new(ErrorKind.Payload, new Problem(path, sentence).ToString());

    public static PredictionException Payload(IReadOnlyList<Problem> problems) => new(ErrorKind.Payload, string.Join("; ", problems));
}
