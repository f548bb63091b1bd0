using ControlPlane.Domain.Serving;

namespace ControlPlane.UseCases.Serving;

/// <summary>A split to be saved as the next generation: by whom, why, and how its champion became champion when that changes.</summary>
public sealed record SplitIntent(string Environment, TrafficSplit Next, ReleaseCause Cause, string By, string Reason, long? RolloutId, DateTimeOffset RequestedAt);
