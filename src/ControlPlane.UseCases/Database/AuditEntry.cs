using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>Who did what to what, when, from where and why. Written once: triggers in every database refuse to change or delete it.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    public string? Address { get; init; }

    public required string Action { get; init; }

    public required string Subject { get; init; }

    public string? Reason { get; init; }

    public string? DetailJson { get; init; }
}

internal sealed class AuditEntryTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // Told to EF, because SQL Server refuses an OUTPUT clause on a table with triggers.
        builder.ToTable(table => table.HasTrigger("audit_entries_append_only"));
        builder.Property(entry => entry.ActorKind).HasMaxLength(Lengths.Word);
        builder.Property(entry => entry.Actor).HasMaxLength(Lengths.Line);
        builder.Property(entry => entry.Address).HasMaxLength(Lengths.Line);
        builder.Property(entry => entry.Action).HasMaxLength(Lengths.Name);
        builder.Property(entry => entry.Subject).HasMaxLength(Lengths.Line);
        builder.Property(entry => entry.Reason).HasMaxLength(Lengths.Paragraph);
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => entry.Subject);
    }
}
