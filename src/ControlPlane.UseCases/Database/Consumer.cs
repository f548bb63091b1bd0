using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A program that reads a model's answers: which major form of them and which fields.</summary>
public sealed class Consumer
{
    public required Guid Id { get; init; }

    public required string Model { get; init; }

    /// <summary>Unique among the consumers of the model.</summary>
    public required string Name { get; set; }

    public int ResponseMajor { get; set; } = 1;

    /// <summary>Outputs that it reads, <c>decision</c> among them; none: it reads all.</summary>
    public IReadOnlyList<string> Fields { get; set; } = [];

    public required string Owner { get; set; }

    /// <summary>Where the owner is reached: an address, a channel.</summary>
    public required string Contact { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Changes with every save, so that two who edit at once do not overwrite each other.</summary>
    public Guid Stamp { get; set; }
}

internal sealed class ConsumerTable : IEntityTypeConfiguration<Consumer>
{
    public void Configure(EntityTypeBuilder<Consumer> builder)
    {
        builder.Property(consumer => consumer.Id).ValueGeneratedNever();
        builder.Property(consumer => consumer.Model).HasMaxLength(Lengths.Name);
        builder.Property(consumer => consumer.Name).HasMaxLength(Lengths.Name);
        builder.Property(consumer => consumer.Fields).HasJson();
        builder.Property(consumer => consumer.Owner).HasMaxLength(Lengths.Line);
        builder.Property(consumer => consumer.Contact).HasMaxLength(Lengths.Line);
        builder.Property(consumer => consumer.CreatedBy).HasMaxLength(Lengths.Line);
        builder.Property(consumer => consumer.Stamp).IsConcurrencyToken();
        builder.HasIndex(consumer => new { consumer.Model, consumer.Name }).IsUnique();
        builder.HasOne<Model>().WithMany().HasForeignKey(consumer => consumer.Model).OnDelete(DeleteBehavior.Restrict);
    }
}
