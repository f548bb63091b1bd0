using System.Linq.Expressions;
using ControlPlane.Domain.Rollouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>A rollout as it is stored: the state that the machine folds over, and who wrote it down when.</summary>
public sealed class RolloutRow
{
    public long Id { get; private set; }

    public required string Model { get; init; }

    public required string Environment { get; init; }

    public required int Version { get; init; }

    public required string ReleaseDigest { get; init; }

    public int? Champion { get; private set; }

    public required RolloutPlan Plan { get; set; }

    /// <summary>Paths of the breaking changes that whoever proposed it named and accepts.</summary>
    public IReadOnlyList<string> AcceptedChanges { get; set; } = [];

    public int RequiredApprovals { get; private set; }

    public int Approvals { get; private set; }

    public RolloutPhase Phase { get; private set; }

    public int Step { get; private set; }

    public DateTimeOffset? StepBeganAt { get; private set; }

    public required string Salt { get; init; }

    public string Reason { get; private set; } = "";

    /// <summary>The split generation of its roll-back, once there was one.</summary>
    public long? RollBackGeneration { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Changes with every <see cref="Take"/>: of two who save at once one gets a concurrency exception.</summary>
    public Guid Stamp { get; private set; }

    /// <summary>"environment/model" while open, null afterwards. Unique, so that a model has one open rollout per environment at most.</summary>
    public string? OpenSlot { get; private set; }

    /// <summary>As <see cref="RolloutPhases.NeedsPlacement"/>, for queries: the nodes must have its version loaded.</summary>
    public static Expression<Func<RolloutRow, bool>> NeedsPlacement { get; } = row => row.Phase == RolloutPhase.Placing || row.Phase == RolloutPhase.Exposing
        || row.Phase == RolloutPhase.Holding || row.Phase == RolloutPhase.AwaitingPromotion || row.Phase == RolloutPhase.RollingBack;

    /// <summary>A new row of a rollout just drafted; its id comes from the database.</summary>
    public static RolloutRow Draft(Rollout rollout, string releaseDigest, string createdBy, DateTimeOffset now)
    {
        var row = new RolloutRow
        {
            Model = rollout.Model,
            Environment = rollout.Environment,
            Version = rollout.Version,
            ReleaseDigest = releaseDigest,
            Plan = rollout.Plan,
            Salt = rollout.Salt,
            CreatedBy = createdBy,
            CreatedAt = now,
        };
        row.Take(rollout, now);
        return row;
    }

    public Rollout ToDomain() => new(
        Id, Model, Environment, Version, Champion, Plan, RequiredApprovals, Approvals, Phase, Step, StepBeganAt, Salt, Reason);

    /// <summary>Takes over what the machine decided.</summary>
    public void Take(Rollout rollout, DateTimeOffset now)
    {
        Champion = rollout.Champion;
        Plan = rollout.Plan;
        RequiredApprovals = rollout.RequiredApprovals;
        Approvals = rollout.Approvals;
        Phase = rollout.Phase;
        Step = rollout.Step;
        StepBeganAt = rollout.StepBeganAt;
        Reason = rollout.Reason;
        ChangedAt = now;
        Stamp = Guid.NewGuid();
        OpenSlot = rollout.Phase.IsOpen() ? $"{Environment}/{Model}" : null;
    }
}

internal sealed class RolloutRowTable : IEntityTypeConfiguration<RolloutRow>
{
    public void Configure(EntityTypeBuilder<RolloutRow> builder)
    {
        builder.Property(rollout => rollout.Model).HasMaxLength(Lengths.Name);
        builder.Property(rollout => rollout.Environment).HasMaxLength(Lengths.Name);
        builder.Property(rollout => rollout.ReleaseDigest).HasMaxLength(Lengths.Digest);
        builder.Property(rollout => rollout.Plan).HasJson();
        builder.Property(rollout => rollout.AcceptedChanges).HasJson();
        builder.Property(rollout => rollout.Salt).HasMaxLength(Lengths.Name);
        builder.Property(rollout => rollout.Reason).HasMaxLength(Lengths.Paragraph);
        builder.Property(rollout => rollout.CreatedBy).HasMaxLength(Lengths.Line);
        builder.Property(rollout => rollout.Stamp).IsConcurrencyToken();
        builder.Property(rollout => rollout.OpenSlot).HasMaxLength((2 * Lengths.Name) + 1);
        builder.HasIndex(rollout => rollout.OpenSlot).IsUnique();
        builder.HasIndex(rollout => new { rollout.Environment, rollout.Model });
        builder.HasOne<DeploymentEnvironment>().WithMany().HasForeignKey(rollout => rollout.Environment).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(rollout => new { rollout.Model, rollout.Version }).OnDelete(DeleteBehavior.Restrict);
    }
}
