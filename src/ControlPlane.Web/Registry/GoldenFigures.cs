using System.Globalization;
using ControlPlane.Domain.Registry;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>A stage of the path with how it stands.</summary>
public sealed record StageState(GoldenStage Stage, string Tone, string Text);

/// <summary>What a replay of golden samples showed.</summary>
public static class GoldenFigures
{
    /// <summary>The answer in one line: how many came back, how far off the worst is.</summary>
    public static string Sentence(GoldenReport report) => report.Failed == 0
        ? $"yes: {All(report.Samples)}, the largest difference is {Difference(report.MaxDifference)}"
        : $"no: {Phrases.Count(report.Failed)} of {Phrases.Many(report.Samples, "sample")} {(report.Failed == 1 ? "does" : "do")} not, by up to {Difference(report.MaxDifference)}";

    /// <summary>
    /// Where the path differs from training's. Without expectations for the stages between, a difference shows at the end alone, so the earlier stages are not
    /// called good.
    /// </summary>
    public static IReadOnlyList<StageState> Stages(GoldenReport report) => [.. Enum.GetValues<GoldenStage>().Select(stage => State(stage, report))];

    private static StageState State(GoldenStage stage, GoldenReport report) => report.FirstStage switch
    {
        { } first when stage < first => new(stage, "pass", "✓ agrees"),
        { } first when stage == first => new(stage, "fail", "✕ differs here"),
        { } => new(stage, "no-data", "– follows from it"),
        null when report.Failed == 0 => new(stage, "pass", stage == GoldenStage.Postprocessing ? "✓ agrees" : "✓ no stage differs"),
        null when stage == GoldenStage.Postprocessing => new(stage, "fail", "✕ differs"),
        null => new(stage, "no-data", "? not known"),
    };

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
