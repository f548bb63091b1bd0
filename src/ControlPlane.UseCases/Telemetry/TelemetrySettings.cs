namespace ControlPlane.UseCases.Telemetry;

/// <summary>What the host was told about telemetry.</summary>
public sealed record TelemetrySettings(int WindowRetentionDays = 14);
