using System.Globalization;
using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Serving;

/// <summary>What came of replaying golden samples through the whole serving path.</summary>
/// <param name="Samples">Those that were replayed; fewer than <paramref name="Of"/> when the time ran out.</param>
/// <param name="Failed">Samples that got no answer or part from what training computed.</param>
/// <param name="MaxDifference">Largest |answer − expected| over all numeric outputs.</param>
/// <param name="FirstStage">The earliest stage at which any sample parts; null when none does, or when it cannot be told.</param>
/// <param name="Worst">Those of the earliest stage first, of those the furthest beyond the tolerance first; at most 20.</param>
/// <param name="Stages">Stages for which any sample holds expectations.</param>
/// <param name="Furthest">Of the samples that agree, those with the largest difference; at most 5.</param>
public sealed record GoldenReplay(
    int Samples,
    int Of,
    int Failed,
    double MaxDifference,
    GoldenStage? FirstStage,
    IReadOnlyList<GoldenRow> Worst,
    IReadOnlyList<GoldenStage> Stages,
    IReadOnlyList<GoldenRow> Furthest)
{
    private const int MostShownCharacters = 60;

    public bool IsWhole => Samples == Of;

    /// <summary>What a person should know of it: how many samples part, where first, and the worst value there.</summary>
    public string Sentence()
    {
        if (Failed == 0) return Invariant($"{Count(Samples)} {(Samples == 1 ? "comes" : "come")} back; the largest difference is {Short(MaxDifference)}.");
        var stage = FirstStage is { } first ? $", first in {Word(first)}" : "";
        return $"{Failed} of {Count(Samples)} {(Failed == 1 ? "parts" : "part")}{stage}: {Example(Worst[0])} (line {Worst[0].Line})";
    }

    public GoldenReplayReport ToReport() => new(Samples, Of, Failed, MaxDifference, FirstStage is { } first ? Word(first) : null, [.. Worst.Select(ToReport)], [.. Stages.Select(Word)], [.. Furthest.Select(ToReport)]);

    /// <summary>A stage in the words of the node protocol.</summary>
    public static string Word(GoldenStage stage) => JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString());

    private static GoldenRowReport ToReport(GoldenRow row) => new(
        row.Line,
        row.Stage is { } stage ? Word(stage) : null,
        row.InputsJson,
        row.Error,
        [.. row.Differences.Select(value => new GoldenDifferenceReport(Word(value.Stage), value.Path, value.ExpectedJson, value.GotJson, value.Difference))]);

    private static string Example(GoldenRow row) => row.Error
        ?? $"{row.Differences[0].Path} expected {Short(row.Differences[0].ExpectedJson)}, got {Short(row.Differences[0].GotJson)}";

    private static string Count(int samples) => samples == 1 ? "1 sample" : string.Create(CultureInfo.InvariantCulture, $"{samples} samples");

    private static string Short(string json) => json.Length <= MostShownCharacters ? json : $"{json[..(MostShownCharacters - 1)]}…";

    // As the pages write it: 6.2e-8, not 6.2E-08.
    private static string Short(double number) => number is 0 or >= 0.001 and < 1e6
        ? number.ToString("0.####", CultureInfo.InvariantCulture)
        : number.ToString("0.0e0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
