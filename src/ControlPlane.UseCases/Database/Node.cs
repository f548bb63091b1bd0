using ControlPlane.NodeProtocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A worker process that serves, as far as its last report tells.</summary>
public sealed class Node
{
    public Guid Id { get; set; }

    public required string Name { get; set; }

    public required string Environment { get; set; }

    public required string Address { get; set; }

    /// <summary>Kept in the clear, because Web has to show it when it calls the node.</summary>
    public required string Key { get; set; }

    public Guid Incarnation { get; set; }

    public required string ProgramVersion { get; set; }

    public required string RuntimeVersion { get; set; }

    public int Cores { get; set; }

    public long MemoryBytes { get; set; }

    public long ResidentBytes { get; set; }

    public bool Ready { get; set; }

    public DateTimeOffset EnlistedAt { get; set; }

    public DateTimeOffset LastReportAt { get; set; }

    public IReadOnlyList<PlacementReport> Placements { get; set; } = [];

    /// <summary>The split generation that it serves, by model.</summary>
    public IReadOnlyDictionary<string, long> Generations { get; set; } = new Dictionary<string, long>();

    /// <summary>Has not reported for longer than the lease.</summary>
    public bool IsLost(DateTimeOffset now, int leaseSeconds) => now - LastReportAt > TimeSpan.FromSeconds(leaseSeconds);
}

internal sealed class NodeTable : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.Property(node => node.Id).ValueGeneratedNever();
        builder.Property(node => node.Name).HasMaxLength(Lengths.Name);
        builder.Property(node => node.Environment).HasMaxLength(Lengths.Name);
        builder.Property(node => node.Address).HasMaxLength(Lengths.Line);
        builder.Property(node => node.Key).HasMaxLength(Lengths.Name);
        builder.Property(node => node.ProgramVersion).HasMaxLength(Lengths.Name);
        builder.Property(node => node.RuntimeVersion).HasMaxLength(Lengths.Name);
        builder.Property(node => node.Placements).HasJson();
        builder.Property(node => node.Generations).HasJson();
        builder.HasIndex(node => new { node.Environment, node.Name }).IsUnique();
        builder.HasOne<DeploymentEnvironment>().WithMany().HasForeignKey(node => node.Environment).OnDelete(DeleteBehavior.Restrict);
    }
}
