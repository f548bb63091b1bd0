using ControlPlane.Domain.Registry;

namespace ControlPlane.Web.Registry;

/// <summary>The parts of a version's page, as they stand in its address (<c>?view=golden</c>).</summary>
public static class VersionViewTabs
{
    public const string Contract = "contract";
    public const string Checks = "checks";
    public const string Comparison = "comparison";
    public const string Golden = "golden";
    public const string Baseline = "baseline";
    public const string Try = "try";
    public const string Import = "import";

    /// <summary>The parts that this version has, in order; import notes only where there are some.</summary>
    public static IReadOnlyList<(string Key, string Name)> Of(bool isImported) =>
    [
        (Contract, "Contract"), (Checks, "Checks"), (Comparison, "Comparison"), (Golden, "Golden samples"), (Baseline, "Baseline"), (Try, "Try a row"),
        .. isImported ? [(Import, "Import notes")] : Array.Empty<(string, string)>(),
    ];

    /// <summary>What is shown when nothing is asked for: the checks of a version that may not be proposed, else its contract.</summary>
    public static string First(VersionStatus status) => status is VersionStatus.Checking or VersionStatus.Rejected ? Checks : Contract;

    /// <summary>Where a check's evidence is shown; null when its sentence is all.</summary>
    public static string? OfCheck(CheckName name) => name switch
    {
        CheckName.Golden => Golden,
        CheckName.Baseline => Baseline,
        CheckName.Compatible => Comparison,
        CheckName.Loads or CheckName.Latency or CheckName.Memory => null,
    };
}
