using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>One bar of a distribution: place, width and height in shares of the drawing, and what it stands for.</summary>
public sealed record BaselineBar(double Left, double Width, double Height, string Title);

/// <summary>One value of a category with its share of the rows that have a value.</summary>
public sealed record BaselineShare(string Value, double Share);

/// <summary>A baseline's distributions as they are drawn.</summary>
public static class BaselineFigures
{
    private const int MostValues = 6;

    /// <summary>
    /// One bar per bin, all of one width, so that the narrow bins of a long tail are seen as well; the height is the bin's rows. What lies below the first and above
    /// the last edge is in no bar and is said in words.
    /// </summary>
    public static IReadOnlyList<BaselineBar> Bars(FeatureBaseline feature, string? unit = null)
    {
        if (feature.Edges.Count < 2) return [];
        var bins = feature.Edges.Count - 1;
        var highest = Math.Max(1, Highest(feature));
        var rows = feature.Counts.Sum() + feature.Missing;
        return [.. Enumerable.Range(0, bins).Select(bin => new BaselineBar((double)bin / bins, 1.0 / bins, (double)feature.Counts[bin + 1] / highest,
            $"{Phrases.Number(feature.Edges[bin])} to {Amount(feature.Edges[bin + 1], unit)}: {Phrases.Many(feature.Counts[bin + 1], "row")}, {Share(feature.Counts[bin + 1], rows)}"))];
    }

    /// <summary>What the height of the highest bar stands for.</summary>
    public static string Scale(FeatureBaseline feature) =>
        $"highest bar: {Phrases.Many(Highest(feature), "row")}, {Share(Highest(feature), feature.Counts.Sum() + feature.Missing)}";

    /// <summary>Where the bars of one width begin and end.</summary>
    public static string Edges(FeatureBaseline feature) => $"edges {string.Join(", ", feature.Edges.Select(Rounded))}";

    /// <summary>The unit that the contract gives an input or, for the score, an output.</summary>
    public static string? Unit(Contract contract, string name, bool isScore) => isScore
        ? contract.Outputs.FirstOrDefault(field => field.Name == name)?.Unit
        : contract.Inputs.FirstOrDefault(field => field.Name == name)?.Unit;

    /// <summary>A number with its unit.</summary>
    public static string Amount(double number, string? unit) => unit is null ? Phrases.Number(number) : $"{Phrases.Number(number)} {unit}";

    /// <summary>The commonest values, then all others in one.</summary>
    public static IReadOnlyList<BaselineShare> Shares(FeatureBaseline feature)
    {
        var total = Math.Max(1, feature.Counts.Sum());
        var known = feature.Values.Select((value, bin) => (Value: value, Count: feature.Counts[bin])).OrderByDescending(pair => pair.Count).ToList();
        var rest = feature.Counts[^1] + known.Skip(MostValues).Sum(pair => pair.Count);
        return [.. known.Take(MostValues).Select(pair => new BaselineShare(pair.Value, (double)pair.Count / total)), .. rest > 0 ? [new("others", (double)rest / total)] : Array.Empty<BaselineShare>()];
    }

    /// <summary>What is beside the bars: rows without a value, below and above the edges.</summary>
    public static IReadOnlyList<string> Beside(FeatureBaseline feature)
    {
        var rows = feature.Counts.Sum() + feature.Missing;
        var notes = new List<string>();
        if (feature.Missing > 0) notes.Add($"{Share(feature.Missing, rows)} missing");
        if (feature.Edges.Count > 0 && feature.Counts[0] > 0) notes.Add($"{Share(feature.Counts[0], rows)} below");
        if (feature.Edges.Count > 0 && feature.Counts[^1] > 0) notes.Add($"{Share(feature.Counts[^1], rows)} above");
        return notes;
    }

    /// <summary>For those who do not see the bars.</summary>
    public static string Sentence(FeatureBaseline feature) => feature.Edges.Count > 0
        ? $"{feature.Name}: {Phrases.Number(feature.Edges[0])} to {Phrases.Number(feature.Edges[^1])} in {Phrases.Many(feature.Edges.Count - 1, "bin")}, half of the rows below {Phrases.Number(Median(feature))}"
        : $"{feature.Name}: {string.Join(", ", Shares(feature).Select(share => $"{share.Value} {Phrases.Percent(share.Share)}"))}";

    public static string Source(Baseline baseline) => baseline.Source switch
    {
        BaselineSource.Reference => $"{Phrases.Many(baseline.Rows, "row")} of the reference file",
        BaselineSource.Golden => $"{Phrases.Many(baseline.Rows, "golden sample")}; a reference file says more",
    };

    private static long Highest(FeatureBaseline feature) => feature.Counts.Skip(1).Take(feature.Edges.Count - 1).Max();

    // Four digits tell one decile from the next; the bar's title has them all.
    private static string Rounded(double edge) => double.IsInteger(edge) ? Phrases.Number(edge) : Phrases.Number(double.Parse(edge.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>The upper edge of the bin that holds the middle row.</summary>
    private static double Median(FeatureBaseline feature)
    {
        var half = feature.Counts.Sum() / 2.0;
        var passed = 0L;
        for (var bin = 0; bin < feature.Edges.Count; bin++)
        {
            passed += feature.Counts[bin];
            if (passed >= half) return feature.Edges[bin];
        }

        return feature.Edges[^1];
    }

    private static string Share(long count, long rows) => $"{(100.0 * count / Math.Max(1, rows)).ToString("0.#", CultureInfo.InvariantCulture)} %";
}
