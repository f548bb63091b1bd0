using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A named set of nodes with its own approval rules.</summary>
public sealed class DeploymentEnvironment
{
    /// <summary>Exists from the start.</summary>
    public const string Production = "production";

    public required string Name { get; set; }

    public int RequiredApprovals { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class DeploymentEnvironmentTable : IEntityTypeConfiguration<DeploymentEnvironment>
{
    public void Configure(EntityTypeBuilder<DeploymentEnvironment> builder)
    {
        builder.HasKey(environment => environment.Name);
        builder.Property(environment => environment.Name).HasMaxLength(Lengths.Name);
        builder.HasData(new DeploymentEnvironment { Name = DeploymentEnvironment.Production, RequiredApprovals = 0, CreatedAt = DateTimeOffset.UnixEpoch });
    }
}
