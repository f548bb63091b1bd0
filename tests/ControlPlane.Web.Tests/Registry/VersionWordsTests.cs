using ControlPlane.Domain.Registry;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Registry;

public sealed class VersionWordsTests
{
    private static CheckResult Failed(CheckName name) => new(name, CheckOutcome.Failed, "", new Dictionary<string, double>(), Samples.Now);

    [Fact]
    public void Compatible_waits_where_other_checks_fail()
    {
        Assert.Equal(("hold", "‖ Waits"), VersionWords.Look(Failed(CheckName.Compatible), VersionStatus.Ready));
        Assert.Equal(("fail", "✕ Failed"), VersionWords.Look(Failed(CheckName.Golden), VersionStatus.Rejected));
    }

    [Fact]
    public void Version_whose_changes_break_may_be_proposed_once_they_are_accepted() => Assert.Equal(
        "yes, once its breaking changes are accepted and acknowledged", VersionWords.MayBeProposed(VersionStatus.Ready, [Failed(CheckName.Compatible)]));
}
