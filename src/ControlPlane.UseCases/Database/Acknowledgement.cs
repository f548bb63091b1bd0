using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A consumer's word that it can live with the breaking changes between two releases. Other releases or other changes need a new one.</summary>
public sealed class Acknowledgement
{
    public long Id { get; private set; }

    public required Guid ConsumerId { get; init; }

    public required string Model { get; init; }

    /// <summary>The version that changes things.</summary>
    public required int Version { get; init; }

    /// <summary>The version that it was compared with.</summary>
    public required int Against { get; init; }

    /// <summary>SHA-256 over both release digests, the consumer's fields and major, and the changes that hit it.</summary>
    public required string ChangesDigest { get; init; }

    public string Comment { get; init; } = "";

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }
}

internal sealed class AcknowledgementTable : IEntityTypeConfiguration<Acknowledgement>
{
    public void Configure(EntityTypeBuilder<Acknowledgement> builder)
    {
        builder.Property(acknowledgement => acknowledgement.Model).HasMaxLength(Lengths.Name);
        builder.Property(acknowledgement => acknowledgement.ChangesDigest).HasMaxLength(Lengths.Digest);
        builder.Property(acknowledgement => acknowledgement.Comment).HasMaxLength(Lengths.Paragraph);
        builder.Property(acknowledgement => acknowledgement.By).HasMaxLength(Lengths.Line);
        builder.HasIndex(acknowledgement => new { acknowledgement.ConsumerId, acknowledgement.ChangesDigest }).IsUnique();
        builder.HasOne<Consumer>().WithMany().HasForeignKey(acknowledgement => acknowledgement.ConsumerId).OnDelete(DeleteBehavior.Cascade);
    }
}
