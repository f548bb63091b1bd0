using System.Globalization;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Web.Registry;

/// <summary>A contract in words and tables.</summary>
public static class ContractTables
{
    public static string Type(FieldType type, TensorShape? tensor) => tensor is null
        ? type.ToString().ToLowerInvariant()
        : $"{tensor.Datatype} [{string.Join(", ", tensor.Shape.Select(axis => axis < 0 ? "any" : axis.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>"0 to 100000 EUR", "at least 0", "DE, FR, US (others are refused)"; a dash when anything goes.</summary>
    public static string Allowed(InputField field)
    {
        if (field.Values is { Count: > 0 } values)
            return $"{string.Join(", ", values)} ({(field.Unseen == UnseenPolicy.Reject ? "others are refused" : "others pass")})";
        return Range(field.Min, field.Max, field.Unit);
    }

    public static string Range(double? min, double? max, string? unit)
    {
        var suffix = string.IsNullOrEmpty(unit) ? "" : $" {unit}";
        return (min, max) switch
        {
            ({ } low, { } high) => $"{Number(low)} to {Number(high)}{suffix}",
            ({ } low, null) => $"at least {Number(low)}{suffix}",
            (null, { } high) => $"at most {Number(high)}{suffix}",
            (null, null) => unit ?? "–",
        };
    }

    public static string Step(PreprocessingStep step) => step switch
    {
        ImputeStep { Number: { } number } impute => $"A missing {impute.Feature} becomes {Number(number)}.",
        ImputeStep impute => $"A missing {impute.Feature} becomes “{impute.Text}”.",
        AssembleStep assemble => $"{string.Join(", ", assemble.Columns)} become the columns of tensor {assemble.Tensor} ({assemble.Datatype}).",
        _ => step.Op,
    };

    public static string Source(OutputField output) => output.Index is { } index ? $"{output.Tensor}, column {index}" : output.Tensor;

    /// <summary>The policy as sentences, strictest first.</summary>
    public static IReadOnlyList<string> Policy(DecisionPolicy policy) =>
        [.. policy.Bands.OrderByDescending(band => band.AtLeast).Select(band => $"{policy.Score} of at least {Number(band.AtLeast)}: {band.Decision}"), $"otherwise: {policy.Otherwise}"];

    public static string Promise(ServiceLevel? slo) => slo is null
        ? "none"
        : string.Join(", ", new[]
        {
            slo.LatencyP99Milliseconds is { } latency ? $"p99 within {Number(latency)} ms" : null,
            slo.ErrorRate is { } rate ? $"at most {Number(rate * 100)} % failed" : null,
        }.OfType<string>());

    private static string Number(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture);
}
