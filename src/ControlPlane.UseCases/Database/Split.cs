using ControlPlane.Domain.Serving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>Who answers a model's requests in an environment now. The generation is the concurrency token: of two changes at once one wins.</summary>
public sealed class Split
{
    public required string Environment { get; set; }

    public required string Model { get; set; }

    public long Generation { get; set; }

    public int Champion { get; set; }

    /// <summary>Stays loaded on the nodes, so that a roll-back needs no loading.</summary>
    public int? PreviousChampion { get; set; }

    public IReadOnlyList<TrafficShare> Shares { get; set; } = [];

    public IReadOnlyList<TrafficShare> Mirrors { get; set; } = [];

    public required string Salt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public TrafficSplit ToDomain() => new(Model, Generation, Champion, Shares, Mirrors, Salt);
}

internal sealed class SplitTable : IEntityTypeConfiguration<Split>
{
    public void Configure(EntityTypeBuilder<Split> builder)
    {
        builder.HasKey(split => new { split.Environment, split.Model });
        builder.Property(split => split.Environment).HasMaxLength(Lengths.Name);
        builder.Property(split => split.Model).HasMaxLength(Lengths.Name);
        builder.Property(split => split.Salt).HasMaxLength(Lengths.Name);
        builder.Property(split => split.Generation).IsConcurrencyToken();
        builder.Property(split => split.Shares).HasJson();
        builder.Property(split => split.Mirrors).HasJson();
        builder.HasOne<DeploymentEnvironment>().WithMany().HasForeignKey(split => split.Environment).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(split => new { split.Model, split.Champion }).OnDelete(DeleteBehavior.Restrict);
    }
}
