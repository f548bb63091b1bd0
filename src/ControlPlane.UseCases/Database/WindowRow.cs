using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>
/// Counts of one version and role over one interval of one life of a node. Windows of different incarnations never overwrite each other, so a
/// node that restarts loses nothing of what it reported.
/// </summary>
public sealed class WindowRow
{
    public long Id { get; set; }

    public Guid NodeId { get; set; }

    public Guid Incarnation { get; set; }

    public required string Environment { get; set; }

    public required string Model { get; set; }

    public int Version { get; set; }

    public TrafficRole Role { get; set; }

    /// <summary>Empty: all traffic.</summary>
    public required string Segment { get; set; }

    public DateTimeOffset Start { get; set; }

    public int Seconds { get; set; }

    public WindowCounts Counts { get; set; } = WindowCounts.Empty;

    /// <summary>Beside <see cref="Counts"/> as columns, so that plain SQL can add them up.</summary>
    public long Requests { get; set; }

    public long Predictions { get; set; }

    public long FailedRequests { get; set; }

    public long MirrorDropped { get; set; }
}

internal sealed class WindowRowTable : IEntityTypeConfiguration<WindowRow>
{
    public void Configure(EntityTypeBuilder<WindowRow> builder)
    {
        builder.Property(window => window.Environment).HasMaxLength(Lengths.Name);
        builder.Property(window => window.Model).HasMaxLength(Lengths.Name);
        builder.Property(window => window.Segment).HasMaxLength(Lengths.Line);
        builder.Property(window => window.Counts).HasJson();
        builder.HasIndex(window => new { window.NodeId, window.Incarnation, window.Start, window.Model, window.Version, window.Role, window.Segment }).IsUnique();
        builder.HasIndex(window => window.Start);
        builder.HasIndex(window => new { window.Environment, window.Model, window.Start });
    }
}
