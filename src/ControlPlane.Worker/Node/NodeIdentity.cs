namespace ControlPlane.Worker.Node;

/// <summary>Who the node is to its control plane, as last agreed.</summary>
public sealed record NodeIdentity(Guid NodeId, string NodeKey, int ReportIntervalMilliseconds, int LeaseSeconds);
