using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>
/// The one place that writes a split: generation, release history and the record of the change go into the same unit of work as whatever caused them,
/// so the caller's single save makes all of it true or none. Two who save the same generation: one gets a concurrency exception.
/// </summary>
[UseCasePart]
public sealed class SplitWriter(ControlPlaneContext database)
{
    /// <summary>The split as it is now, tracked; null for a model that was never released there.</summary>
    public async Task<Split?> Find(string environment, string model, CancellationToken cancellationToken) =>
        await database.Splits.AsTracking().SingleOrDefaultAsync(split => split.Environment == environment && split.Model == model, cancellationToken);

    /// <summary>Adds the intent to the unit of work; nothing is saved here.</summary>
    public async Task Add(Split? current, SplitIntent intent, CancellationToken cancellationToken)
    {
        var next = intent.Next;
        if (current?.Champion != next.Champion) await AddRelease(intent, cancellationToken);
        if (current is null) database.Splits.Add(Row(intent));
        else Take(current, intent);
        database.SplitChanges.Add(new()
        {
            Environment = intent.Environment,
            Model = next.Model,
            Generation = next.Generation,
            Champion = next.Champion,
            RolloutId = intent.RolloutId,
            RequestedAt = intent.RequestedAt,
        });
    }

    private static Split Row(SplitIntent intent) => new()
    {
        Environment = intent.Environment,
        Model = intent.Next.Model,
        Generation = intent.Next.Generation,
        Champion = intent.Next.Champion,
        Shares = intent.Next.Shares,
        Mirrors = intent.Next.Mirrors,
        Salt = intent.Next.Salt,
        ChangedAt = intent.RequestedAt,
    };

    private static void Take(Split current, SplitIntent intent)
    {
        if (current.Champion != intent.Next.Champion) current.PreviousChampion = current.Champion;
        current.Generation = intent.Next.Generation;
        current.Champion = intent.Next.Champion;
        current.Shares = intent.Next.Shares;
        current.Mirrors = intent.Next.Mirrors;
        current.Salt = intent.Next.Salt;
        current.ChangedAt = intent.RequestedAt;
    }

    private async Task AddRelease(SplitIntent intent, CancellationToken cancellationToken)
    {
        var next = intent.Next;
        var serving = await database.Releases.AsTracking()
            .Where(release => release.Environment == intent.Environment && release.Model == next.Model && release.ServedUntil == null)
            .ToListAsync(cancellationToken);
        foreach (var release in serving) release.ServedUntil = intent.RequestedAt;
        database.Releases.Add(new()
        {
            Environment = intent.Environment,
            Model = next.Model,
            Version = next.Champion,
            ReleaseDigest = await database.Versions.Where(version => version.Model == next.Model && version.Version == next.Champion)
                .Select(version => version.ReleaseDigest).SingleAsync(cancellationToken),
            ServedFrom = intent.RequestedAt,
            Cause = intent.Cause,
            By = intent.By,
            Reason = intent.Reason,
            RolloutId = intent.RolloutId,
            Generation = next.Generation,
        });
    }
}
