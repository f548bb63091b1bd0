using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>What really happened, by prediction id or by model and routing key.</summary>
public sealed class Outcome
{
    public long Id { get; init; }

    /// <summary>SHA-256 over everything that was sent: the same report twice has the same key, whenever it comes.</summary>
    public required string ReportDigest { get; init; }

    public string? PredictionId { get; init; }

    public string? Model { get; init; }

    public string? RoutingKey { get; init; }

    public required string Name { get; init; }

    public required double Value { get; init; }

    /// <summary>When it happened; when it was not said, when it was received.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class OutcomeTable : IEntityTypeConfiguration<Outcome>
{
    public void Configure(EntityTypeBuilder<Outcome> builder)
    {
        builder.Property(outcome => outcome.ReportDigest).HasMaxLength(Lengths.Digest);
        builder.Property(outcome => outcome.PredictionId).HasMaxLength(Lengths.Line);
        builder.Property(outcome => outcome.Model).HasMaxLength(Lengths.Name);
        builder.Property(outcome => outcome.RoutingKey).HasMaxLength(Lengths.Line);
        builder.Property(outcome => outcome.Name).HasMaxLength(Lengths.Name);
        builder.HasIndex(outcome => outcome.ReportDigest).IsUnique();
        builder.HasIndex(outcome => outcome.PredictionId);
        builder.HasIndex(outcome => new { outcome.Model, outcome.RoutingKey });
        builder.HasIndex(outcome => outcome.At);
    }
}
