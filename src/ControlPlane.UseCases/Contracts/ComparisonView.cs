using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Contracts;

/// <summary>What a version changes for those who use another one, and whom that hits.</summary>
/// <param name="Mode">The model's compatibility mode; <c>none</c> blocks nothing.</param>
/// <param name="Changes">Breaking first, then semantic, then additive.</param>
/// <param name="RollBack">What a roll-back from <paramref name="Version"/> to <paramref name="Against"/> would break; paths begin with <c>rollback/</c>. They block in mode <c>full</c> alone.</param>
/// <param name="Consumers">Those whom a breaking change hits.</param>
/// <param name="MustName">Paths that whoever proposes the version must name in <c>accepted_changes</c>; empty in mode <c>none</c>.</param>
/// <param name="Blocked">True while a rollout would be refused even with every path named: somebody who is hit has not acknowledged.</param>
/// <param name="BlockedBy">One sentence for each consumer that has not acknowledged.</param>
public sealed record ComparisonView(
    string Model,
    int Version,
    int Against,
    CompatibilityMode Mode,
    IReadOnlyList<ChangeView> Changes,
    IReadOnlyList<ChangeView> RollBack,
    IReadOnlyList<HitConsumerView> Consumers,
    IReadOnlyList<string> MustName,
    bool Blocked,
    IReadOnlyList<string> BlockedBy);

/// <summary>One difference. Before and after are JSON values; null where there is none.</summary>
/// <param name="Consumers">Names of the consumers that it concerns, by name; none for additive changes.</param>
public sealed record ChangeView(ChangeKind Kind, string Path, string? BeforeJson, string? AfterJson, string Sentence, IReadOnlyList<string> Consumers);

/// <summary>A consumer that breaking changes hit, and whether it has said that it can live with exactly these.</summary>
/// <param name="Changes">Paths of the breaking changes that hit it.</param>
public sealed record HitConsumerView(
    Guid Id,
    string Name,
    string Owner,
    string Contact,
    bool Acknowledged,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    string? Comment,
    IReadOnlyList<string> Changes);
