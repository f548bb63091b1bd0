namespace ControlPlane.UseCases.Serving;

/// <summary>What the host was told about its nodes.</summary>
/// <param name="JoinToken">What a node shows to be let in.</param>
/// <param name="LeaseSeconds">A node that has not reported for so long is lost.</param>
public sealed record FleetSettings(string JoinToken, int ReportIntervalMilliseconds = 1000, int LeaseSeconds = 30);
