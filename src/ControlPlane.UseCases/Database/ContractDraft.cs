using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A version that somebody is still writing: files that are in the store already and a contract that may yet be wrong.</summary>
public sealed class ContractDraft
{
    public required Guid Id { get; init; }

    public required string Model { get; init; }

    public string? ArtifactDigest { get; set; }

    public long ArtifactBytes { get; set; }

    /// <summary>Golden samples as JSON lines in the store.</summary>
    public string? GoldenDigest { get; set; }

    /// <summary>The reference file in the store.</summary>
    public string? BaselineDigest { get; set; }

    /// <summary>As it was written: need not even be JSON.</summary>
    public string ContractText { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary>Where it came from: a person's own words, a bundle, an MLflow or a Triton directory.</summary>
    public string Source { get; set; } = "";

    /// <summary>What could not be carried over from there, one sentence each.</summary>
    public IReadOnlyList<string> ImportNotes { get; set; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Changes with every save, so that two who edit at once do not overwrite each other.</summary>
    public Guid Stamp { get; set; }
}

internal sealed class ContractDraftTable : IEntityTypeConfiguration<ContractDraft>
{
    public void Configure(EntityTypeBuilder<ContractDraft> builder)
    {
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.Model).HasMaxLength(Lengths.Name);
        builder.Property(draft => draft.ArtifactDigest).HasMaxLength(Lengths.Digest);
        builder.Property(draft => draft.GoldenDigest).HasMaxLength(Lengths.Digest);
        builder.Property(draft => draft.BaselineDigest).HasMaxLength(Lengths.Digest);
        builder.Property(draft => draft.Notes).HasMaxLength(Lengths.Paragraph);
        builder.Property(draft => draft.Source).HasMaxLength(Lengths.Line);
        builder.Property(draft => draft.ImportNotes).HasJson();
        builder.Property(draft => draft.CreatedBy).HasMaxLength(Lengths.Line);
        builder.Property(draft => draft.Stamp).IsConcurrencyToken();
        builder.HasIndex(draft => new { draft.Model, draft.ChangedAt });
        builder.HasOne<Model>().WithMany().HasForeignKey(draft => draft.Model).OnDelete(DeleteBehavior.Restrict);
    }
}
