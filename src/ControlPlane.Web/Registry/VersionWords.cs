using ControlPlane.Domain.Registry;

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

    public static string MayBeProposed(VersionStatus status) => status switch
    {
        VersionStatus.Checking => "a node is trying it now",
        VersionStatus.Ready => "yes: every check has passed",
        VersionStatus.Rejected => "no: a check failed, and a version never changes; upload a mended one",
        VersionStatus.Archived => "no: it was taken out of the lists",
    };
}
