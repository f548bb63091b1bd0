using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Contracts;

/// <summary>A version that waits for a consumer's word.</summary>
public sealed record ConsumerWait(int Version, int Against, HitConsumerView Consumer);

/// <summary>For whose word which version waits.</summary>
public static class ConsumerWaits
{
    /// <summary>
    /// Versions that may come next: that of the open rollout, then the newest ready one above the champion. None without a champion, whose answers are those that
    /// consumers read.
    /// </summary>
    public static IReadOnlyList<int> Next(ModelView model, int? openVersion)
    {
        if (model.Champion is not { } champion) return [];
        var newest = model.Versions.Where(version => version.Status == VersionStatus.Ready && version.Version > champion).Select(version => (int?)version.Version).Max();
        return [.. new[] { openVersion, newest }.OfType<int>().Where(version => version != champion).Distinct()];
    }

    /// <summary>Those who were not heard yet, under a mode in which that counts.</summary>
    public static IEnumerable<ConsumerWait> Of(ComparisonView comparison) => comparison.Mode == Domain.Contracts.CompatibilityMode.None
        ? []
        : comparison.Consumers.Where(consumer => !consumer.Acknowledged).Select(consumer => new ConsumerWait(comparison.Version, comparison.Against, consumer));

    /// <summary>What is lost with a consumer.</summary>
    public static string RemovalConsequence(ConsumerView consumer, ConsumerWait? wait) =>
        $"{consumer.Name} is forgotten with its acknowledgements: from now on nobody is told when {consumer.Model} changes {(consumer.Fields.Count == 0 ? "any field" : string.Join(", ", consumer.Fields))} under it."
        + (wait is null ? "" : $" Version {wait.Version} no longer waits for it.")
        + " The audit trail keeps both.";

    /// <summary>"all" when a consumer names none.</summary>
    public static string Fields(ConsumerView consumer) => consumer.Fields.Count == 0 ? "all" : ContractTables.Listed([.. consumer.Fields]);

    /// <summary>"3 consumers of 2 models".</summary>
    public static string Count(IReadOnlyList<ConsumerView> consumers) =>
        $"{Phrases.Many(consumers.Count, "consumer")} of {Phrases.Many(consumers.Select(consumer => consumer.Model).Distinct(StringComparer.Ordinal).Count(), "model")}";
}
