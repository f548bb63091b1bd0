using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Worker.Serving;

/// <summary>A request that gets no prediction: which kind of error it counts as, and the sentence that the client reads.</summary>
public sealed class PredictionException(ErrorKind kind, string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    private const int MostInSentence = 20;

    public ErrorKind Kind { get; } = kind;

    /// <summary>Whether nothing has run and the same request is welcome again shortly.</summary>
    public bool MayRetry { get; init; }

    /// <summary>What is wrong with the payload, one by one; none for other kinds.</summary>
    public PayloadProblems Problems { get; private init; } = new();

    public static PredictionException Payload(string path, string sentence, BrokenRule rule = BrokenRule.Form, string? value = null)
    {
        var problems = new PayloadProblems();
        problems.Admit();
        problems.Keep(new(path, rule, value, sentence));
        return Payload(problems);
    }

    public static PredictionException Payload(PayloadProblems problems)
    {
        var sentence = string.Join("; ", problems.Kept.Take(MostInSentence));
        if (problems.Count > MostInSentence) sentence += $"; and {problems.Count - MostInSentence} more";
        return new(ErrorKind.Payload, sentence) { Problems = problems };
    }
}
