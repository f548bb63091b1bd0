namespace ControlPlane.NodeProtocol;

/// <summary>The heartbeat: what the node has loaded, which splits it serves, what it counted, what it checked.</summary>
/// <param name="Incarnation">Drawn at each process start; windows of different incarnations never overwrite each other.</param>
/// <param name="Windows">Every window that changed since the last acknowledged report, as cumulative counts: a repeated report changes nothing.</param>
public sealed record NodeReport(
    Guid Incarnation,
    bool Ready,
    long ResidentBytes,
    IReadOnlyList<PlacementReport> Placements,
    IReadOnlyDictionary<string, long> Generations,
    IReadOnlyList<WindowReport> Windows,
    IReadOnlyList<CheckReport> Checks);

/// <summary>What Web answers to a report: the newest instruction.</summary>
public sealed record NodeReportAnswer(NodeInstruction Instruction);

/// <summary>Where a placement stands on a node.</summary>
public enum PlacementState
{
    Fetching,
    Loading,
    Verifying,

    /// <summary>Loaded, warmed and verified; may take traffic.</summary>
    Ready,
    Failed,
}

/// <summary>One placement on one node. <paramref name="Engine"/> is own_process or child.</summary>
public sealed record PlacementReport(string Model, int Version, string ReleaseDigest, PlacementState State, string? Reason, string? Engine, double? LoadMilliseconds, double? GoldenMaxDifference);

/// <summary>Cumulative counts of one version and role in the window [Start, Start + Seconds) of one incarnation of a node.</summary>
/// <param name="Role">champion, challenger or mirror.</param>
/// <param name="Segment">Empty: all traffic.</param>
/// <param name="Latency">Sparse latency histogram: bucket → count (ControlPlane's fixed geometric buckets).</param>
/// <param name="Scores">Sparse score histogram over [ScoreLow, ScoreHigh]: bin → count.</param>
public sealed record WindowReport(
    string Model,
    int Version,
    string Role,
    string Segment,
    DateTimeOffset Start,
    int Seconds,
    long Requests,
    long Predictions,
    IReadOnlyDictionary<string, long> Errors,
    IReadOnlyDictionary<int, long> Latency,
    double ScoreLow,
    double ScoreHigh,
    IReadOnlyDictionary<int, long> Scores,
    double ScoreSum,
    IReadOnlyDictionary<string, long> Decisions,
    long MirrorCompared,
    long MirrorFlips,
    double MirrorSumDifference,
    double MirrorSumAbsoluteDifference,
    long MirrorDropped);

/// <summary>The finished checks of one version; sent with every report until the order disappears from the instruction.</summary>
/// <param name="Operators">What the pre-scan found, domain-qualified, with counts.</param>
/// <param name="Golden">The replay that its check golden speaks of; null without samples, or when it was not reached.</param>
public sealed record CheckReport(
    Guid CheckId,
    IReadOnlyList<CheckResultReport> Results,
    string? Engine,
    IReadOnlyDictionary<string, int> Operators,
    GoldenReplayReport? Golden = null);

/// <summary>One check. Name is loads, golden, latency or memory; outcome passed, failed or not_applicable.</summary>
public sealed record CheckResultReport(string Name, string Outcome, string Sentence, IReadOnlyDictionary<string, double> Figures);
