using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>How one generation of a split came about and how fast it was saved.</summary>
public sealed class SplitChange
{
    public required string Environment { get; set; }

    public required string Model { get; set; }

    public long Generation { get; set; }

    public int Champion { get; set; }

    public long? RolloutId { get; set; }

    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>From the request until the split was committed.</summary>
    public double SavedMilliseconds { get; set; }
}

/// <summary>One node's answer to a generation; without milliseconds it did not answer, for the reason given.</summary>
public sealed class SplitAcknowledgement
{
    public required string Environment { get; set; }

    public required string Model { get; set; }

    public long Generation { get; set; }

    public required string Node { get; set; }

    /// <summary>From the request until the node's acknowledgement arrived.</summary>
    public double? AcknowledgedMilliseconds { get; set; }

    public string? Reason { get; set; }
}

internal sealed class SplitChangeTable : IEntityTypeConfiguration<SplitChange>, IEntityTypeConfiguration<SplitAcknowledgement>
{
    public void Configure(EntityTypeBuilder<SplitChange> builder)
    {
        builder.HasKey(change => new { change.Environment, change.Model, change.Generation });
        builder.Property(change => change.Generation).ValueGeneratedNever();
        builder.Property(change => change.Environment).HasMaxLength(Lengths.Name);
        builder.Property(change => change.Model).HasMaxLength(Lengths.Name);
    }

    public void Configure(EntityTypeBuilder<SplitAcknowledgement> builder)
    {
        builder.HasKey(answer => new { answer.Environment, answer.Model, answer.Generation, answer.Node });
        builder.Property(answer => answer.Environment).HasMaxLength(Lengths.Name);
        builder.Property(answer => answer.Model).HasMaxLength(Lengths.Name);
        builder.Property(answer => answer.Node).HasMaxLength(Lengths.Name);
        builder.Property(answer => answer.Reason).HasMaxLength(Lengths.Paragraph);
        builder.HasOne<SplitChange>().WithMany().HasForeignKey(answer => new { answer.Environment, answer.Model, answer.Generation });
    }
}
