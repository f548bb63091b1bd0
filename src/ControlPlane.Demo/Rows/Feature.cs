namespace ControlPlane.Demo.Rows;

/// <summary>One column and the distribution its values come from. Mean and deviation are those of the underlying normal, or Poisson's mean.</summary>
public sealed record Feature(
    string Name,
    Distribution Distribution,
    FeatureOwner Per,
    double Mean = 0,
    double? Deviation = null,
    double Min = 0,
    double Max = 0,
    int Decimals = 0,
    double Missing = 0,
    double? Impute = null,
    Drift? Drift = null,
    IReadOnlyList<string>? Values = null,
    IReadOnlyList<double>? Shares = null);

public enum Distribution { Normal, LogNormal, LogitNormal, Poisson, Category }

/// <summary>Whether a value is drawn once for a customer or again for every row.</summary>
public enum FeatureOwner { Row, Customer }

/// <summary>How a mean (or the log share of one category) moves as the demonstration runs, up to a limit.</summary>
public sealed record Drift(double PerHour, double Limit, string? Value)
{
    public double Shift(double hours) => Math.Clamp(PerHour * hours, -Limit, Limit);
}
