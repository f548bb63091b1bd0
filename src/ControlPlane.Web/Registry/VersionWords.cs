using ControlPlane.Domain.Registry;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>Facts of a version in words.</summary>
public static class VersionWords
{
    public static string Engine(EnginePlace? place) => place switch
    {
        EnginePlace.OwnProcess => "the serving process",
        EnginePlace.Child => "an engine child, which may die without harm",
        null => "decided by the checks",
    };

    /// <summary>Compatible is no reason to reject a version: it says what has to be accepted before it goes out.</summary>
    public static string MayBeProposed(VersionStatus status, IReadOnlyList<CheckResult> checks) => status switch
    {
        VersionStatus.Ready when checks.Any(check => check.Name == CheckName.Compatible && check.Outcome == CheckOutcome.Failed) => "yes, once its breaking changes are accepted and acknowledged",
        VersionStatus.Checking => "a node is trying it now",
        VersionStatus.Ready => "yes: every check has passed",
        VersionStatus.Rejected => "no: a check failed, and a version never changes; upload a mended one",
        VersionStatus.Archived => "no: it was taken out of the lists",
    };

    /// <summary>How a check stands, whether it has a result or not. Compatible does not fail a version: it waits for people's word.</summary>
    public static (string Tone, string Text) Look(CheckResult? check, VersionStatus status) => check switch
    {
        { Name: CheckName.Compatible, Outcome: CheckOutcome.Failed } => ("hold", "‖ Waits"),
        not null => PhaseLook.Of(check.Outcome),
        null when status == VersionStatus.Checking => ("hold", "● Running"),
        null => ("no-data", "– Not run"),
    };

    /// <summary>Why a check has no result.</summary>
    public static string NotYet(VersionStatus status) => status switch
    {
        VersionStatus.Checking => "A node tries it in a throwaway process.",
        VersionStatus.Rejected => "A check before it failed.",
        VersionStatus.Ready or VersionStatus.Archived => "This check came later than the version.",
    };
}
