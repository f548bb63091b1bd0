using ControlPlane.Domain.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A named thing with versions. The name never changes, because clients call it; so it is the key.</summary>
public sealed class Model
{
    public required string Name { get; set; }

    public string Description { get; set; } = "";

    /// <summary>How much a version may change under the model's consumers.</summary>
    public CompatibilityMode Compatibility { get; set; } = CompatibilityMode.Backward;

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }
}

internal sealed class ModelTable : IEntityTypeConfiguration<Model>
{
    public void Configure(EntityTypeBuilder<Model> builder)
    {
        builder.HasKey(model => model.Name);
        builder.Property(model => model.Name).HasMaxLength(Lengths.Name);
        builder.Property(model => model.Description).HasMaxLength(Lengths.Paragraph);
        builder.Property(model => model.CreatedBy).HasMaxLength(Lengths.Line);
    }
}
