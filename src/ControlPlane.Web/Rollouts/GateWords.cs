using System.Globalization;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Rollouts;

/// <summary>Gates as a person reads them.</summary>
public static class GateWords
{
    public static string Name(GateMetric metric) => metric switch
    {
        GateMetric.ErrorRate => "Error rate",
        GateMetric.LatencyP99Milliseconds => "Latency p99",
    };

    /// <summary>"at most 1 pp above the champion", "at most 20 % above the champion", "at most 25 ms".</summary>
    public static string Condition(Gate gate) => (gate.ComparedWith, gate.Metric) switch
    {
        (GateComparison.Champion, GateMetric.ErrorRate) => $"at most {Number(gate.Margin * 100)} pp above the champion",
        (GateComparison.Champion, GateMetric.LatencyP99Milliseconds) => $"at most {Number(gate.Margin * 100)} % above the champion",
        (GateComparison.Limit, GateMetric.ErrorRate) => $"at most {Number((gate.Limit ?? 0) * 100)} %",
        (GateComparison.Limit, GateMetric.LatencyP99Milliseconds) => $"at most {Number(gate.Limit ?? 0)} ms",
    };

    /// <summary>The label of the line in a chart.</summary>
    public static string Limit(Gate gate) => gate.ComparedWith == GateComparison.Champion ? $"limit {Number(1 + gate.Margin)} ×" : $"limit {Number(gate.Limit ?? 0)} ms";

    public static string Action(GateAction action) => action switch
    {
        GateAction.Hold => "hold",
        GateAction.RollBack => "roll back",
    };

    public static string Details(Gate gate) =>
        $"{Condition(gate)}; from {Phrases.Many(gate.MinimumSample, "request")}, harm looked for in the last {Phrases.Duration(TimeSpan.FromSeconds(gate.WindowSeconds))}; on fail {Action(gate.OnFail)}";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
