namespace ControlPlane.Demo.Surface;

/// <summary>The parts of Web's answers that the demonstration reads.</summary>
public sealed record ModelView(string Name, int? Champion);

public sealed record UploadedVersion(int Version, string Status);

public sealed record VersionView(int Version, string Status, IReadOnlyList<CheckView> Checks);

public sealed record CheckView(string Name, string Outcome, string Sentence);

public sealed record RolloutView(long Id, int Version, string Phase, string? Reason);

public sealed record NodeView(string Name, Uri Address);

public sealed record OutcomeReceipt(int Accepted, int Duplicate, int Rejected);

public sealed record OutcomeReport(string PredictionId, string Name, double Value, DateTimeOffset At);

public sealed record ConsumerView(Guid Id, string Name);
