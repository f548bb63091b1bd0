namespace ControlPlane.Web.Charts;

/// <summary>What the horizontal axis counts.</summary>
public enum ChartAxis
{
    /// <summary>Milliseconds since 1970 in UTC; shown in the viewer's zone.</summary>
    Time,
    Number,
}

/// <summary>A colour by its meaning; the same meaning has the same colour everywhere.</summary>
public enum ChartTone
{
    Champion,
    Challenger,
    Shadow,
    Fail,
    Hold,
    Neutral,
}

/// <summary>One drawn point; a null value breaks the line.</summary>
public sealed record ChartDatum(double X, double? Y);

/// <summary>One line. <paramref name="Dash"/> tells lines of one colour apart: 0 is solid, each further number another pattern.</summary>
public sealed record ChartSeries(string Name, ChartTone Tone, IReadOnlyList<ChartDatum> Points, int Dash = 0, bool Filled = false, bool Stepped = false);

/// <summary>A line where a limit is: across, or upright when <paramref name="Vertical"/>.</summary>
public sealed record ChartLimit(double Value, string Label, ChartTone Tone, bool Vertical = false);

/// <summary>Something that happened at a place of the horizontal axis.</summary>
public sealed record ChartMarker(double X, string Label);

/// <summary>All that a chart draws. <paramref name="Question"/> is its title; <paramref name="Summary"/> says the same to those who do not see it.</summary>
public sealed record ChartModel(
    string Question,
    string Detail,
    string Unit,
    ChartAxis XKind,
    double XMin,
    double XMax,
    IReadOnlyList<ChartSeries> Series,
    IReadOnlyList<ChartLimit> Limits,
    IReadOnlyList<ChartMarker> Markers,
    string Summary,
    double? YMax = null)
{
    public bool IsEmpty => Series.All(series => series.Points.All(point => point.Y is null));
}
