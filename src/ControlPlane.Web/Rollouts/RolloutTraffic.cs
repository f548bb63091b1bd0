using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.Web.Charts;
using ControlPlane.Web.Live;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Rollouts;

/// <summary>Which traffic and which stretch of time the charts of a rollout show.</summary>
/// <param name="Note">What the charts cannot show; null when they show all there is.</param>
public sealed record RolloutTraffic(IReadOnlyList<WindowView> Windows, ChartSpan? Span, string? Note)
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMinutes(1);

    /// <summary>The champion and the version of this rollout alone: the last minutes while it is open, its own span once it is closed.</summary>
    public static RolloutTraffic Of(RolloutView rollout, IReadOnlyList<WindowView> windows, int? minutes, DateTimeOffset now)
    {
        var began = Began(rollout);
        var own = windows.Where(window => IsOwn(rollout, window, began)).ToList();
        if (RolloutFigures.IsOpen(rollout.Phase)) return new(own, ChartSpan.Last(minutes, now), null);
        if (began is not { } from) return new([], null, $"v{rollout.Version} got no traffic in this rollout, so there is nothing to compare.");
        var margin = TimeSpan.FromTicks(Math.Max(LeastMargin.Ticks, (rollout.ChangedAt - from).Ticks / 10));
        var horizon = now - LiveFeedPoll.Kept;
        var span = new ChartSpan(Later(from - margin, horizon), Earlier(rollout.ChangedAt + margin, now));
        var kept = Phrases.Duration(LiveFeedPoll.Kept);
        return span.Until <= span.From
            ? new([], null, $"This rollout ended {Phrases.Relative(rollout.ChangedAt, now)}; charts reach back {kept}. Its gates and history are kept.")
            : new(own, span, from < horizon ? $"This rollout began {Phrases.Relative(from, now)}; charts reach back {kept}." : null);
    }

    /// <summary>When the version first got traffic or copies; null when it never did.</summary>
    public static DateTimeOffset? Began(RolloutView rollout) =>
        rollout.History.FirstOrDefault(entry => entry.Phase is RolloutPhase.Exposing or RolloutPhase.Promoted)?.At;

    // A version may have been tried before: what it got then is not part of this rollout.
    private static bool IsOwn(RolloutView rollout, WindowView window, DateTimeOffset? began) => window.Model == rollout.Model
        && ((window.Version == rollout.Champion && window.Role == TrafficRole.Champion)
            || (window.Version == rollout.Version && IsPlanned(rollout.Plan, window.Role) && began is { } from && window.Start.AddSeconds(window.Seconds) > from));

    private static bool IsPlanned(RolloutPlan plan, TrafficRole role) => role switch
    {
        TrafficRole.Champion => true,
        TrafficRole.Challenger => plan.Kind != RolloutKind.Immediate && plan.Steps.Any(step => step.Exposure == StepExposure.Answered),
        TrafficRole.Mirror => plan.Kind != RolloutKind.Immediate && plan.Steps.Any(step => step.Exposure == StepExposure.Mirrored),
    };

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
