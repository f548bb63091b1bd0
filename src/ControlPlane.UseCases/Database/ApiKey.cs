using ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A program's key. Only the hash of its secret is kept, and the first characters, so that people can tell keys apart.</summary>
public sealed class ApiKey
{
    public Guid Id { get; set; }

    public required string Name { get; set; }

    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the secret. The secret is 32 random bytes, so a plain hash cannot be searched backwards.</summary>
    public required byte[] SecretHash { get; set; }

    public Role Role { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(Lengths.Name);
        builder.Property(key => key.Prefix).HasMaxLength(Lengths.Word);
        builder.Property(key => key.SecretHash).HasMaxLength(32);
        builder.Property(key => key.CreatedBy).HasMaxLength(Lengths.Line);
        builder.HasIndex(key => key.Prefix);
    }
}
