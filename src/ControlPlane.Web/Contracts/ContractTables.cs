using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Contracts;

/// <summary>A contract's fields and promises in words.</summary>
public static class ContractTables
{
    private const int MostListed = 12;

    public static string Type(FieldType type, TensorShape? tensor) => tensor is null
        ? type.ToString().ToLowerInvariant()
        : $"{tensor.Datatype} [{string.Join(", ", tensor.Shape.Select(axis => axis < 0 ? "any" : axis.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>"0 to 100,000 EUR", "at least 0", "DE, FR, US", "any text of up to 40 characters"; a dash when anything goes.</summary>
    public static string Allowed(InputField field)
    {
        var length = field.MaxLength is { } most ? $"up to {Phrases.Count(most)} characters" : null;
        if (field.Values is { Count: > 0 } values) return Join(Listed(values), length);
        if (field.AllowedNumbers is { Count: > 0 } numbers) return Listed([.. numbers.Select(Phrases.Number)]) + (field.Unit is { } unit ? $" {unit}" : "");
        if (length is not null) return length;
        return Range(field.Min, field.Max, field.Unit);
    }

    /// <summary>What happens to a category's value that is not listed; null for all else.</summary>
    public static string? Unseen(InputField field) => field.Type != FieldType.Category
        ? null
        : field.Unseen switch
        {
            UnseenPolicy.Reject => "refused",
            UnseenPolicy.Accept => "passes",
            UnseenPolicy.Missing => "counts as missing",
        };

    public static string Missing(InputField field) => field.Required ? "refused" : "allowed";

    /// <summary>The first of a list, and how many more there are.</summary>
    public static string Listed(IReadOnlyList<string> values) => values.Count <= MostListed
        ? string.Join(", ", values)
        : $"{string.Join(", ", values.Take(MostListed))} and {Phrases.Count(values.Count - MostListed)} more";

    public static string Range(double? min, double? max, string? unit)
    {
        var suffix = string.IsNullOrEmpty(unit) ? "" : $" {unit}";
        return (min, max) switch
        {
            ({ } low, { } high) => $"{Phrases.Number(low)} to {Phrases.Number(high)}{suffix}",
            ({ } low, null) => $"at least {Phrases.Number(low)}{suffix}",
            (null, { } high) => $"at most {Phrases.Number(high)}{suffix}",
            (null, null) => unit ?? "–",
        };
    }

    public static string Source(OutputField output) => output.Index is { } index ? $"{output.Tensor}, column {index}" : output.Tensor;

    /// <summary>What is done to the tensor's row on the way to the output, in order; empty when nothing is.</summary>
    public static IReadOnlyList<string> Postprocessing(OutputField output) => [.. output.PostprocessingSteps.Select(Step)];

    /// <summary>"higher_is_riskier" as people say it.</summary>
    public static string? Direction(string? direction) => direction?.Replace('_', ' ');

    /// <summary>What an explanation holds.</summary>
    public static string? Explanation(ExplanationForm? form) => form is null
        ? null
        : (form.Kind, form.Top) switch
        {
            (ExplanationKind.Attributions, { } top) => $"the {top} strongest attributions of {Listed(form.Features ?? [])}",
            (ExplanationKind.Attributions, null) => $"one attribution each for {Listed(form.Features ?? [])}",
            (ExplanationKind.ReasonCodes, { } top) => $"up to {Phrases.Many(top, "reason code")}{Of(form.Codes)}",
            (ExplanationKind.ReasonCodes, null) => $"reason codes{Of(form.Codes)}",
        };

    /// <summary>A field of the previous answer: where it comes from.</summary>
    public static string Previous(PreviousField field)
    {
        var factor = field.Multiply == 1 ? "" : $" × {Phrases.Number(field.Multiply)}";
        var shift = field.Add == 0 ? "" : field.Add < 0 ? $" − {Phrases.Number(-field.Add)}" : $" + {Phrases.Number(field.Add)}";
        var renamed = field.Values is { Count: > 0 } values ? $", {string.Join(", ", values.Select(pair => $"“{pair.Key}” said as “{pair.Value}”"))}" : "";
        return $"{field.From}{factor}{shift}{renamed}";
    }

    public static string Promise(ServiceLevel? slo) => slo is null
        ? "none"
        : string.Join(", ", new[]
        {
            slo.LatencyP99Milliseconds is { } latency ? $"p99 within {Phrases.Number(latency)} ms" : null,
            slo.ErrorRate is { } rate ? $"at most {Phrases.Number(rate * 100)} % failed" : null,
        }.OfType<string>());

    public static string Outcome(OutcomeDefinition? outcome) => outcome is null
        ? "none"
        : $"{outcome.Name} ({outcome.Kind}, {outcome.Good} is good), known within {Phrases.Many(outcome.HorizonDays, "day")}";

    private static string Step(PostprocessingStep step) => step switch
    {
        SigmoidStep => "1 / (1 + e⁻ˣ)",
        SoftmaxStep => "softmax over the row",
        ArgmaxStep => "place of the largest",
        CalibrateStep calibrate => $"calibrated by {Phrases.Many(calibrate.From.Count, "point")}, {Phrases.Number(calibrate.From[0])} → {Phrases.Number(calibrate.To[0])} to {Phrases.Number(calibrate.From[^1])} → {Phrases.Number(calibrate.To[^1])}",
        _ => step.Op,
    };

    private static string Of(IReadOnlyList<string>? codes) => codes is { Count: > 0 } known ? $" of {Listed(known)}" : "";

    private static string Join(params string?[] parts) => string.Join(", ", parts.OfType<string>());
}
