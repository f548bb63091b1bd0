using System.Text.Json.Serialization;

namespace ControlPlane.Demo.Rows;

/// <summary>Adds its weight times the product of its factors to the log odds.</summary>
public sealed record Term(double Weight, IReadOnlyList<Factor> Factors);

/// <summary>One of: a threshold, an equality, or the standardised value (its logarithm when <c>Log</c>).</summary>
public sealed record Factor(
    string Feature,
    double? Above,
    double? Below,
    [property: JsonPropertyName("equals")] string? EqualTo,
    double Center,
    double Scale,
    bool Log);
