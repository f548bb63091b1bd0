using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;

namespace ControlPlane.Web.Parts;

/// <summary>Colour and sign of states: the same meaning looks the same on every page.</summary>
public static class PhaseLook
{
    public static string Tone(RolloutPhase phase) => phase switch
    {
        RolloutPhase.Drafted or RolloutPhase.Scheduled or RolloutPhase.Cancelled => "no-data",
        RolloutPhase.AwaitingApproval or RolloutPhase.Holding or RolloutPhase.AwaitingPromotion => "hold",
        RolloutPhase.Placing or RolloutPhase.Exposing => "challenger",
        RolloutPhase.Promoted => "pass",
        RolloutPhase.Rejected or RolloutPhase.RollingBack or RolloutPhase.RolledBack or RolloutPhase.Failed => "fail",
    };

    public static string Glyph(RolloutPhase phase) => phase switch
    {
        RolloutPhase.Drafted or RolloutPhase.Scheduled => "○",
        RolloutPhase.AwaitingApproval or RolloutPhase.AwaitingPromotion => "?",
        RolloutPhase.Holding => "‖",
        RolloutPhase.Placing or RolloutPhase.Exposing => "●",
        RolloutPhase.Promoted => "✓",
        RolloutPhase.Cancelled => "–",
        RolloutPhase.RollingBack or RolloutPhase.RolledBack => "↺",
        RolloutPhase.Rejected or RolloutPhase.Failed => "✕",
    };

    public static (string Tone, string Text) Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => ("pass", "✓ Pass"),
        Verdict.Fail => ("fail", "✕ Fail"),
        Verdict.Inconclusive => ("hold", "~ Inconclusive"),
        Verdict.NoData => ("no-data", "– No data"),
    };

    public static (string Tone, string Text) Of(VersionStatus status) => status switch
    {
        VersionStatus.Checking => ("hold", "● Checking"),
        VersionStatus.Ready => ("pass", "✓ Ready"),
        VersionStatus.Rejected => ("fail", "✕ Rejected"),
        VersionStatus.Archived => ("no-data", "– Archived"),
    };

    public static (string Tone, string Text) Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => ("pass", "✓ Passed"),
        CheckOutcome.Failed => ("fail", "✕ Failed"),
        CheckOutcome.NotApplicable => ("no-data", "– Not applicable"),
    };
}
