using ControlPlane.UseCases.Contracts;
using ControlPlane.Web.Parts;
using Radzen;

namespace ControlPlane.Web.Contracts;

/// <summary>A consumer's word, asked for with what it means.</summary>
public static class AcknowledgeFlow
{
    /// <summary>What the word says and how long it holds.</summary>
    public static string Consequence(HitConsumerView consumer, int version, int against) =>
        $"{consumer.Name} can live with {string.Join(", ", consumer.Changes)} when version {version} takes the place of version {against}. It holds for exactly these two releases and changes.";

    /// <summary>The request when the person confirms; null when it is left as it is. The word is the owner's, so a comment may stay out.</summary>
    public static async Task<AcknowledgeChanges?> Ask(DialogService dialogs, HitConsumerView consumer, int version, int against) =>
        await RollBackFlow.AskReason(dialogs, $"Acknowledge for {consumer.Name}", Consequence(consumer, version, against), "Acknowledge", isMandatory: false, isDangerous: false) is { } comment
            ? new(consumer.Id, version, against, comment.Length == 0 ? null : comment)
            : null;
}
