using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Telemetry;

namespace ControlPlane.Web.Live;

/// <summary>All that live pages draw, as it was at one instant. Immutable: every page of the process reads the same one.</summary>
/// <param name="Windows">The last thirty minutes, oldest first.</param>
/// <param name="RecentRollouts">The newest rollouts, open or closed; the closed ones in brief.</param>
/// <param name="LastRollBack">The rollout that was rolled back last, with its milliseconds; null when none of the recent ones was.</param>
/// <param name="Checking">Versions that somebody looks at while they are checked.</param>
/// <param name="Trouble">Why the newest look failed; the rest is then what was seen before.</param>
public sealed record LiveSnapshot(
    DateTimeOffset At,
    IReadOnlyList<WindowView> Windows,
    IReadOnlyList<NodeView> Nodes,
    IReadOnlyList<ModelView> Models,
    IReadOnlyList<RolloutView> OpenRollouts,
    IReadOnlyList<RolloutView> RecentRollouts,
    RolloutView? LastRollBack,
    IReadOnlyDictionary<string, SplitView> Splits,
    IReadOnlyDictionary<VersionKey, VersionView> Checking,
    string? Trouble)
{
    /// <summary>Before the first look.</summary>
    public static LiveSnapshot None { get; } = new(
        DateTimeOffset.MinValue, [], [], [], [], [], null, new Dictionary<string, SplitView>(), new Dictionary<VersionKey, VersionView>(), null);

    /// <summary>The newest releases in production, newest first; empty before they are read.</summary>
    public IReadOnlyList<ReleaseView> Releases { get; init; } = [];

    public bool IsThere => At > DateTimeOffset.MinValue;
}

/// <summary>A version by name.</summary>
public sealed record VersionKey(string Model, int Version);
