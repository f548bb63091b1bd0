namespace ControlPlane.Domain.Telemetry;

/// <summary>Why a request of a version failed.</summary>
public enum ErrorKind
{
    /// <summary>The payload broke the contract (400-class).</summary>
    Payload,

    /// <summary>The engine failed (500-class).</summary>
    Engine,

    /// <summary>Not answered within the contract's time (504).</summary>
    Timeout,

    /// <summary>The model answered NaN or infinity; counted, never sent.</summary>
    NotFinite,

    /// <summary>The model answered outside the contract's range; counted, never sent.</summary>
    OutOfRange,

    /// <summary>The queue was full (429/503).</summary>
    Overloaded,
}

/// <summary>Counts and histograms of one version and role over one interval. Windows of equal version and role add up.</summary>
/// <param name="Requests">Answered, failed and refused requests.</param>
/// <param name="Predictions">Answered rows.</param>
/// <param name="Errors">Failed and refused requests by kind.</param>
/// <param name="Latency">Request latency on the node, every answered request.</param>
/// <param name="Scores">Policy score (or first numeric output) of each prediction.</param>
/// <param name="Decisions">Predictions by decision.</param>
/// <param name="Mirror">Comparison with the answer that was sent; for mirrors alone.</param>
/// <param name="MirrorDropped">Mirror copies dropped because the mirror queue was full; for mirrors alone.</param>
public sealed record WindowCounts(
    long Requests,
    long Predictions,
    IReadOnlyDictionary<ErrorKind, long> Errors,
    LatencyHistogram Latency,
    ScoreHistogram Scores,
    IReadOnlyDictionary<string, long> Decisions,
    MirrorComparison Mirror,
    long MirrorDropped)
{
    public static WindowCounts Empty { get; } = new(
        0, 0, new Dictionary<ErrorKind, long>(), LatencyHistogram.Empty, ScoreHistogram.Empty, new Dictionary<string, long>(), MirrorComparison.Empty, 0);

    /// <summary>Requests that the version or its node failed to answer. A refused payload is the client's failure and not among them.</summary>
    public long FailedRequests => Errors.Values.Sum() - RefusedRequests;

    /// <summary>Requests that were refused because their payload broke the contract.</summary>
    public long RefusedRequests => Errors.GetValueOrDefault(ErrorKind.Payload);

    /// <summary>All requests but the refused ones: those that say something about the version.</summary>
    public long JudgedRequests => Requests - RefusedRequests;

    /// <summary>The sum of two windows.</summary>
    public WindowCounts Plus(WindowCounts other) => new(
        Requests + other.Requests,
        Predictions + other.Predictions,
        Add(Errors, other.Errors),
        Latency.Plus(other.Latency),
        Scores.Plus(other.Scores),
        Add(Decisions, other.Decisions),
        Mirror.Plus(other.Mirror),
        MirrorDropped + other.MirrorDropped);

    private static Dictionary<TKey, long> Add<TKey>(IReadOnlyDictionary<TKey, long> left, IReadOnlyDictionary<TKey, long> right) where TKey : notnull
    {
        var sum = new Dictionary<TKey, long>(left);
        foreach (var (key, count) in right) sum[key] = sum.GetValueOrDefault(key) + count;
        return sum;
    }
}

/// <summary>How mirrored predictions compare with the answers that were sent, per prediction.</summary>
/// <param name="Compared">Pairs of predictions compared.</param>
/// <param name="Flips">Pairs whose decisions differ.</param>
/// <param name="SumDifference">Sum of (mirror score − sent score).</param>
/// <param name="SumAbsoluteDifference">Sum of |mirror score − sent score|.</param>
public sealed record MirrorComparison(long Compared, long Flips, double SumDifference, double SumAbsoluteDifference)
{
    public static MirrorComparison Empty { get; } = new(0, 0, 0, 0);

    public MirrorComparison Plus(MirrorComparison other) => new(
        Compared + other.Compared,
        Flips + other.Flips,
        SumDifference + other.SumDifference,
        SumAbsoluteDifference + other.SumAbsoluteDifference);
}
