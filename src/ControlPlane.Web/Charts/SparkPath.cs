using System.Globalization;

namespace ControlPlane.Web.Charts;

/// <summary>The path of a small line without axes.</summary>
public static class SparkPath
{
    /// <summary>SVG path over a box: values from left to right, the largest at the top, zero at the bottom. Fewer than two values draw nothing.</summary>
    public static string Of(IReadOnlyList<double> values, double width, double height)
    {
        if (values.Count < 2) return "";
        var most = Math.Max(values.Max(), double.Epsilon);
        var points = values.Select((value, index) =>
            string.Create(CultureInfo.InvariantCulture, $"{index * width / (values.Count - 1):0.0},{1 + (1 - value / most) * (height - 2):0.0}"));
        return "M" + string.Join(" L", points);
    }
}
