using System.Globalization;
using ControlPlane.Domain.Registry;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>A stage of the path with how it stands.</summary>
public sealed record StageState(GoldenStage Stage, string Tone, string Text);

/// <summary>What a replay of golden samples showed.</summary>
public static class GoldenFigures
{
    /// <summary>What still counts as the same number.</summary>
    public static string Tolerance => $"{GoldenReport.Tolerance.ToString("0e0", CultureInfo.InvariantCulture)}, relative for expectations above 1";

    /// <summary>The answer in one line: how many came back, how far off the worst is.</summary>
    public static string Sentence(GoldenReport report) => report.Failed == 0
        ? $"yes: {All(report.Samples)}, the largest difference is {Difference(report.MaxDifference)}"
        : $"no: {Phrases.Count(report.Failed)} of {Phrases.Many(report.Samples, "sample")} {(report.Failed == 1 ? "does" : "do")} not, by up to {Difference(report.MaxDifference)}";

    /// <summary>
    /// Where the path differs from training's. Without expectations for the stages between, a difference shows at the end alone, so no stage is blamed and none is
    /// called good.
    /// </summary>
    public static IReadOnlyList<StageState> Stages(GoldenReport report) => [.. Enum.GetValues<GoldenStage>().Select(stage => State(stage, report))];

    private static StageState State(GoldenStage stage, GoldenReport report) => report.FirstStage switch
    {
        { } first when stage < first => Agreeing(stage, report),
        { } first when stage == first => new(stage, "fail", "✕ differs here"),
        { } => new(stage, "no-data", "– follows from it"),
        null when report.Failed == 0 => Agreeing(stage, report),
        null => new(stage, "no-data", "? not known"),
    };

    // Every replayed row is read and answered; what lies between is tested only where samples hold expectations for it.
    private static StageState Agreeing(GoldenStage stage, GoldenReport report) => stage switch
    {
        GoldenStage.Payload => new(stage, "pass", "✓ accepted"),
        GoldenStage.Postprocessing => new(stage, "pass", "✓ agrees"),
        _ when report.Stages?.Contains(stage) == true => new(stage, "pass", "✓ agrees"),
        _ when report.Stages is null => new(stage, "no-data", "– not known whether tested"),
        _ => new(stage, "no-data", "– not tested"),
    };

    /// <summary>How a row stands: where it parts, that it parts, or that it got no answer.</summary>
    public static (string Tone, string Text) Look(GoldenRow row) => row switch
    {
        { Stage: { } stage } => ("fail", $"✕ {stage}"),
        { Error: not null } => ("fail", "✕ no answer"),
        _ => ("fail", "✕ differs, stage not known"),
    };

    /// <summary>The rows that part: by stage, those without a known stage last, there the furthest beyond the tolerance first.</summary>
    public static IReadOnlyList<GoldenRow> Worst(GoldenReport report) =>
        [.. report.Worst.OrderBy(row => row.Stage ?? GoldenStage.Postprocessing + 1).ThenByDescending(row => row.Error is not null).ThenByDescending(row => row.Excess())];

    /// <summary>A row's largest difference, and how many times the tolerance it is.</summary>
    public static string Largest(GoldenRow row) => row.Differences.Where(value => value.Difference is not null).MaxBy(value => value.Excess()) is { } value
        ? $"{Difference(value.Difference)}, {Times(value.Excess())}"
        : "–";

    private static string Times(double excess) => excess >= 1
        ? $"{(excess < 1e6 ? Phrases.Count((long)Math.Round(excess)) : excess.ToString("0.0e0", CultureInfo.InvariantCulture))} × tolerance"
        : $"{Phrases.SharePercent(excess * 100)} of the tolerance";

    /// <summary>Whether samples with expectations between would say more.</summary>
    public static bool WouldStagesHelp(GoldenReport report) => report is { FirstStage: null, Failed: > 0 };

    public static string Difference(double? difference) => difference switch
    {
        null => "–",
        0 => "0",
        { } value when Math.Abs(value) is < 0.001 or >= 1e6 => value.ToString("0.0e0", CultureInfo.InvariantCulture),
        { } value => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static string All(int samples) => samples == 1 ? "the one sample comes back" : $"all {Phrases.Count(samples)} come back";
}
