using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Checks;

/// <summary>Results of checks in the words of the node protocol.</summary>
internal static class CheckOutcomes
{
    public const string Loads = "loads";
    public const string Golden = "golden";
    public const string Latency = "latency";
    public const string Memory = "memory";

    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<string> All { get; } = [Loads, Golden, Latency, Memory];

    private static readonly Dictionary<string, double> NoFigures = [];

    public static CheckResultReport Passed(string name, string sentence, Dictionary<string, double> figures) => new(name, "passed", sentence, figures);

    public static CheckResultReport Failed(string name, string sentence, Dictionary<string, double>? figures = null) => new(name, "failed", sentence, figures ?? NoFigures);

    public static CheckResultReport NotApplicable(string name, string sentence) => new(name, "not_applicable", sentence, NoFigures);
}
