using ControlPlane.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>An immutable pair of artifact and contract, with what the checks found about it.</summary>
public sealed class ModelVersion
{
    public required string Model { get; set; }

    public int Version { get; set; }

    public VersionStatus Status { get; set; }

    public required string ReleaseDigest { get; set; }

    public required string ArtifactDigest { get; set; }

    public long ArtifactBytes { get; set; }

    /// <summary>Canonical: exactly what was hashed.</summary>
    public required string ContractJson { get; set; }

    public bool ContractInferred { get; set; }

    public string? GoldenDigest { get; set; }

    public int GoldenRows { get; set; }

    public string Notes { get; set; } = "";

    /// <summary>The last replay of the golden samples that was made to judge it; null before that or without samples.</summary>
    public GoldenReport? GoldenReport { get; set; }

    /// <summary>Its bins; null when nothing was given to take them from.</summary>
    public Baseline? Baseline { get; set; }

    /// <summary>What an import from another system could not carry over, one sentence each.</summary>
    public IReadOnlyList<string> ImportNotes { get; set; } = [];

    public IReadOnlyList<CheckResult> Checks { get; set; } = [];

    public IReadOnlyDictionary<string, int> Operators { get; set; } = new Dictionary<string, int>();

    public EnginePlace? Engine { get; set; }

    /// <summary>Names this run of the checks; a report about another run is ignored.</summary>
    public Guid CheckId { get; set; }

    /// <summary>The node that is trying it; null while no node lives.</summary>
    public Guid? CheckNodeId { get; set; }

    public DateTimeOffset? CheckAssignedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    /// <summary>A new run of the checks, for whichever node reports next.</summary>
    public void AskForChecks()
    {
        Status = VersionStatus.Checking;
        CheckId = Guid.NewGuid();
        CheckNodeId = null;
        CheckAssignedAt = null;
        Checks = [];
    }
}

internal sealed class ModelVersionTable : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> builder)
    {
        builder.HasKey(version => new { version.Model, version.Version });
        builder.Property(version => version.Version).ValueGeneratedNever();
        builder.Property(version => version.Model).HasMaxLength(Lengths.Name);
        builder.Property(version => version.Status).IsConcurrencyToken();
        builder.Property(version => version.CheckId).IsConcurrencyToken();
        builder.Property(version => version.ReleaseDigest).HasMaxLength(Lengths.Digest);
        builder.Property(version => version.ArtifactDigest).HasMaxLength(Lengths.Digest);
        builder.Property(version => version.GoldenDigest).HasMaxLength(Lengths.Digest);
        builder.Property(version => version.Notes).HasMaxLength(Lengths.Paragraph);
        builder.Property(version => version.CreatedBy).HasMaxLength(Lengths.Line);
        builder.Property(version => version.GoldenReport).HasJson();
        builder.Property(version => version.Baseline).HasJson();
        builder.Property(version => version.ImportNotes).HasJson();
        builder.Property(version => version.Checks).HasJson();
        builder.Property(version => version.Operators).HasJson();
        builder.HasIndex(version => new { version.Model, version.ReleaseDigest }).IsUnique();
        builder.HasIndex(version => version.Status);
        builder.HasOne<Model>().WithMany().HasForeignKey(version => version.Model).OnDelete(DeleteBehavior.Restrict);
    }
}
