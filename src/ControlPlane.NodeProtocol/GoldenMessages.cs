namespace ControlPlane.NodeProtocol;

/// <summary>What came of replaying golden samples on a node. Stages are payload, preprocessing, model, postprocessing.</summary>
/// <param name="Samples">Those that were replayed; fewer than the file holds when the time ran out.</param>
/// <param name="Of">Those that the file holds.</param>
/// <param name="FirstStage">The earliest stage at which any sample parts; null when none does, or when it cannot be told.</param>
/// <param name="Worst">The worst rows first.</param>
public sealed record GoldenReplayReport(int Samples, int Of, int Failed, double MaxDifference, string? FirstStage, IReadOnlyList<GoldenRowReport> Worst);

/// <summary>One sample that parts from what training computed.</summary>
/// <param name="Error">Why it got no answer at all.</param>
public sealed record GoldenRowReport(int Line, string? Stage, string InputsJson, string? Error, IReadOnlyList<GoldenDifferenceReport> Differences);

/// <summary>One value, expected and got as JSON; the difference between numbers.</summary>
public sealed record GoldenDifferenceReport(string Stage, string Path, string ExpectedJson, string GotJson, double? Difference);
