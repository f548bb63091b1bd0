using System.Globalization;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// The Baseline check. It passes when every monitored input has bins. Reference data that leaves a monitored input without them fails it, since
/// whoever sent the data meant it to be compared. Golden samples may be too few or one-sided for bins: then, and without any data, it does not
/// apply. A score that the data does not hold is said and fails nothing, because raw training data often has none.
/// </summary>
public static class BaselineCheck
{
    private const int NamedGaps = 10;

    public static CheckResult Judge(Baseline? baseline, DateTimeOffset at)
    {
        var (outcome, sentence) = Say(baseline);
        return new(CheckName.Baseline, outcome, sentence, Figures(baseline), at);
    }

    private static (CheckOutcome Outcome, string Sentence) Say(Baseline? baseline)
    {
        if (baseline is null) return (CheckOutcome.NotApplicable, "No reference data and no golden samples were given, so inputs have no bins and their drift cannot be told.");
        var gaps = baseline.Gaps ?? [];
        var source = baseline.Source == BaselineSource.Reference ? "reference data" : "golden samples";
        if (gaps.Count > 0) return (baseline.Source == BaselineSource.Reference ? CheckOutcome.Failed : CheckOutcome.NotApplicable, WithRemarks(SayGaps(baseline, gaps, source), baseline));
        if (baseline.Features.Count == 0 && baseline.Score is null) return (CheckOutcome.NotApplicable, WithRemarks("Nothing has bins.", baseline));
        return (CheckOutcome.Passed, WithRemarks($"{Covered(baseline)} from {Whole(baseline.Rows)} rows of {source}.", baseline));
    }

    private static string SayGaps(Baseline baseline, IReadOnlyList<BaselineGap> gaps, string source)
    {
        if (baseline.Rows < BaselineBins.MinValues && baseline.Features.Count == 0 && baseline.Source == BaselineSource.Golden)
            return $"{(baseline.Rows == 1 ? "1 golden sample is" : $"{Whole(baseline.Rows)} golden samples are")} too few for bins: at least {BaselineBins.MinValues} are needed, or reference data.";
        var named = string.Join("; ", gaps.Take(NamedGaps).Select(gap => $"{gap.Name} {gap.Sentence}"));
        var more = gaps.Count > NamedGaps ? $"; and {gaps.Count - NamedGaps} more" : "";
        return $"No bins from {Whole(baseline.Rows)} rows of {source} for {gaps.Count} of {gaps.Count + baseline.Features.Count} monitored columns: {named}{more}.";
    }

    private static string Covered(Baseline baseline)
    {
        var inputs = baseline.Features.Count == 1 ? "1 input" : $"{baseline.Features.Count} inputs";
        return (baseline.Features.Count, baseline.Score) switch
        {
            (0, not null) => "Bins for the score",
            (_, null) => $"Bins for {inputs}",
            _ => $"Bins for {inputs} and the score",
        };
    }

    private static string WithRemarks(string sentence, Baseline baseline) => string.Join(" ", (baseline.Remarks ?? []).Take(NamedGaps).Prepend(sentence));

    private static Dictionary<string, double> Figures(Baseline? baseline) => baseline is null ? [] : new()
    {
        ["rows"] = baseline.Rows,
        ["features"] = baseline.Features.Count,
        ["gaps"] = baseline.Gaps?.Count ?? 0,
        ["rows_needed"] = BaselineBins.MinValues,
    };

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
