using ControlPlane.Domain.Rollouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>One thing that happened to a rollout, and where it stood afterwards.</summary>
public sealed class RolloutHistory
{
    public long Id { get; init; }

    public required long RolloutId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string What { get; init; }

    public required RolloutPhase Phase { get; init; }

    public required int Step { get; init; }

    public required string Reason { get; init; }
}

/// <summary>One look at one gate with the numbers that the verdict rests on, so that it can be replayed.</summary>
public sealed class GateEvaluation
{
    public long Id { get; init; }

    public required long RolloutId { get; init; }

    public required int Step { get; init; }

    /// <summary>Place of the gate in the plan.</summary>
    public required int GateIndex { get; init; }

    public required Verdict Outcome { get; init; }

    public required GateVerdict Verdict { get; init; }

    /// <summary>The counts that were judged.</summary>
    public required string InputsJson { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class RolloutHistoryTable : IEntityTypeConfiguration<RolloutHistory>, IEntityTypeConfiguration<GateEvaluation>
{
    public void Configure(EntityTypeBuilder<RolloutHistory> builder)
    {
        builder.Property(entry => entry.By).HasMaxLength(Lengths.Line);
        builder.Property(entry => entry.What).HasMaxLength(Lengths.Line);
        builder.Property(entry => entry.Reason).HasMaxLength(Lengths.Paragraph);
        builder.HasOne<RolloutRow>().WithMany().HasForeignKey(entry => entry.RolloutId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<GateEvaluation> builder)
    {
        builder.Property(evaluation => evaluation.Verdict).HasJson();
        builder.HasIndex(evaluation => new { evaluation.RolloutId, evaluation.GateIndex, evaluation.At });
        builder.HasOne<RolloutRow>().WithMany().HasForeignKey(evaluation => evaluation.RolloutId).OnDelete(DeleteBehavior.Restrict);
    }
}
