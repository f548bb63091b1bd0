using ControlPlane.Domain.Serving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>One stretch of time in which a version was champion; the newest of a model has no end.</summary>
public sealed class Release
{
    public long Id { get; set; }

    public required string Environment { get; set; }

    public required string Model { get; set; }

    public int Version { get; set; }

    public required string ReleaseDigest { get; set; }

    public DateTimeOffset ServedFrom { get; set; }

    public DateTimeOffset? ServedUntil { get; set; }

    public ReleaseCause Cause { get; set; }

    public required string By { get; set; }

    public required string Reason { get; set; }

    public long? RolloutId { get; set; }

    public long Generation { get; set; }
}

internal sealed class ReleaseTable : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.Property(release => release.Environment).HasMaxLength(Lengths.Name);
        builder.Property(release => release.Model).HasMaxLength(Lengths.Name);
        builder.Property(release => release.ReleaseDigest).HasMaxLength(Lengths.Digest);
        builder.Property(release => release.By).HasMaxLength(Lengths.Line);
        builder.Property(release => release.Reason).HasMaxLength(Lengths.Paragraph);
        builder.HasIndex(release => new { release.Environment, release.Model, release.ServedFrom });
        builder.HasIndex(release => release.ServedFrom);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(release => new { release.Model, release.Version }).OnDelete(DeleteBehavior.Restrict);
    }
}
