using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>A draft with what is wrong with it now.</summary>
/// <param name="Contract">The contract's text as it was written; need not be JSON.</param>
/// <param name="Problems">What a version made of it now would be refused for, as far as text, graph and golden samples tell; paths within the contract, or <c>artifact</c>, <c>golden:LINE/…</c> (the first few), <c>baseline</c>.</param>
/// <param name="Fits">Whether the contract fits the artifact's graph; null without an artifact or a contract that can be read.</param>
/// <param name="Stamp">To be sent back with a change; another save since then makes that a Conflict.</param>
public sealed record DraftView(
    Guid Id,
    string Model,
    string Contract,
    IReadOnlyList<Problem> Problems,
    bool? Fits,
    string? ArtifactDigest,
    long ArtifactBytes,
    string? GoldenDigest,
    int GoldenRows,
    string? BaselineDigest,
    string Source,
    IReadOnlyList<string> ImportNotes,
    string Notes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ChangedAt,
    Guid Stamp);

/// <summary>A draft in a list.</summary>
public sealed record DraftSummary(Guid Id, string Source, string Notes, string? ArtifactDigest, long ArtifactBytes, string CreatedBy, DateTimeOffset ChangedAt, Guid Stamp);
