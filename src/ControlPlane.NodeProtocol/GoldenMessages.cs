namespace ControlPlane.NodeProtocol;

/// <summary>What came of replaying golden samples on a node. Stages are payload, preprocessing, model, postprocessing.</summary>
/// <param name="Samples">Those that were replayed; fewer than the file holds when the time ran out.</param>
/// <param name="Of">Those that the file holds.</param>
/// <param name="FirstStage">The earliest stage at which any sample parts; null when none does, or when it cannot be told.</param>
/// <param name="Worst">Those that part, the worst first.</param>
/// <param name="Stages">Those for which any sample holds expectations.</param>
/// <param name="Furthest">Of those that agree, the ones with the largest difference.</param>
public sealed record GoldenReplayReport(
    int Samples,
    int Of,
    int Failed,
    double MaxDifference,
    string? FirstStage,
    IReadOnlyList<GoldenRowReport> Worst,
    IReadOnlyList<string>? Stages = null,
    IReadOnlyList<GoldenRowReport>? Furthest = null);

/// <summary>One sample beside what training computed.</summary>
/// <param name="Error">Why it got no answer at all.</param>
public sealed record GoldenRowReport(int Line, string? Stage, string InputsJson, string? Error, IReadOnlyList<GoldenDifferenceReport> Differences);

/// <summary>One value, expected and got as JSON; the difference between numbers.</summary>
public sealed record GoldenDifferenceReport(string Stage, string Path, string ExpectedJson, string GotJson, double? Difference);
