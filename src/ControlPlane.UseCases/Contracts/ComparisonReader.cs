using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>Compares stored versions and finds whom the changes hit and who has acknowledged them.</summary>
[UseCasePart]
public sealed class ComparisonReader(ControlPlaneContext context)
{
    /// <summary>What stands before the path of a change that a roll-back would bring.</summary>
    public const string RollBackPrefix = "rollback/";

    public async Task<ModelVersion> Version(string model, int version, CancellationToken cancellationToken) =>
        await context.Versions.AsNoTracking().SingleOrDefaultAsync(row => row.Model == model && row.Version == version, cancellationToken)
        ?? throw RefusedException.NotFound($"version {version} of the model {model}");

    /// <summary>The version asked for; without one the champion of the environment; without that, or when it is the version itself, the version before.</summary>
    public async Task<ModelVersion> Against(ModelVersion version, int? against, string environment, CancellationToken cancellationToken)
    {
        var wanted = against ?? await Champion(version.Model, environment, cancellationToken);
        if (wanted is { } number && (against is not null || number != version.Version)) return await Version(version.Model, number, cancellationToken);
        return await context.Versions.AsNoTracking().Where(row => row.Model == version.Model && row.Version < version.Version)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken)
            ?? throw RefusedException.NotFound($"version to compare version {version.Version} of the model {version.Model} with");
    }

    /// <summary>The champion of the model in the environment; null before its first release.</summary>
    public async Task<int?> Champion(string model, string environment, CancellationToken cancellationToken) => await context.Splits
        .Where(split => split.Environment == environment && split.Model == model).Select(split => (int?)split.Champion).SingleOrDefaultAsync(cancellationToken);

    public async Task<VersionComparison> Compare(ModelVersion before, ModelVersion after, CancellationToken cancellationToken)
    {
        var mode = await context.Models.Where(model => model.Name == after.Model).Select(model => model.Compatibility).SingleAsync(cancellationToken);
        var comparison = new VersionComparison(mode, Side.Of(before), Side.Of(after));
        var consumers = await context.Consumers.AsNoTracking().Where(consumer => consumer.Model == after.Model).OrderBy(consumer => consumer.Name).ToListAsync(cancellationToken);
        var hits = consumers.Select(consumer => (Consumer: consumer, Changes: comparison.Breaking(consumer))).Where(hit => hit.Changes.Count > 0).ToList();
        var digests = hits.Select(hit => comparison.Digest(hit.Consumer, hit.Changes)).ToList();
        var said = await context.Acknowledgements.AsNoTracking().Where(acknowledgement => digests.Contains(acknowledgement.ChangesDigest)).ToListAsync(cancellationToken);
        return comparison with { All = consumers, Hit = [.. hits.Zip(digests, (hit, digest) => View(hit.Consumer, hit.Changes, digest, said))] };
    }

    private static HitConsumer View(Consumer consumer, IReadOnlyList<ContractChange> changes, string digest, List<Acknowledgement> said)
    {
        var word = said.Find(acknowledgement => acknowledgement.ConsumerId == consumer.Id && acknowledgement.ChangesDigest == digest);
        return new(
            new(consumer.Id, consumer.Name, consumer.Owner, consumer.Contact, word is not null, word?.By, word?.At, word?.Comment, [.. changes.Select(change => change.Path)]),
            digest);
    }
}
