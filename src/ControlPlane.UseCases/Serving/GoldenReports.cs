using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node's word about a replay, as it is kept.</summary>
internal static class GoldenReports
{
    public static GoldenReport Of(GoldenReplayReport report, string node, DateTimeOffset at, string path) => new(
        report.Samples,
        report.Failed,
        report.MaxDifference,
        report.FirstStage is null ? null : Stage(report.FirstStage, $"{path}.first_stage"),
        [.. report.Worst.Select((row, index) => Row(row, $"{path}.worst[{index}]"))],
        node,
        at,
        report.Stages is null ? null : [.. report.Stages.Select((stage, index) => Stage(stage, $"{path}.stages[{index}]"))],
        report.Furthest is null ? null : [.. report.Furthest.Select((row, index) => Row(row, $"{path}.furthest[{index}]"))]);

    private static GoldenRow Row(GoldenRowReport row, string path) => new(
        row.Line,
        row.Stage is null ? null : Stage(row.Stage, $"{path}.stage"),
        row.InputsJson,
        row.Error,
        [.. row.Differences.Select((value, index) => new GoldenDifference(Stage(value.Stage, $"{path}.differences[{index}].stage"), value.Path, value.ExpectedJson, value.GotJson, value.Difference))]);

    private static GoldenStage Stage(string word, string path) =>
        SnakeCaseWord.Parse<GoldenStage>(word) ?? throw RefusedException.Invalid(path, $"must be one of {SnakeCaseWord.All<GoldenStage>()}");
}
