using ControlPlane.UseCases.Serving;
using Radzen;

namespace ControlPlane.Web.Parts;

/// <summary>What a roll-back will do, said before it is done.</summary>
public static class RollBackFlow
{
    /// <summary>One sentence for the confirmation: how many nodes will answer with what.</summary>
    public static string Consequence(string model, int? target, int nodesReady) => target is { } version
        ? $"{Phrases.Many(nodesReady, "node")} will answer every request of {model} with version {version} again, at once."
        : $"{Phrases.Many(nodesReady, "node")} will answer every request of {model} with the champion before this one, at once.";

    /// <summary>Asks for the reason; null when the person leaves it as it is.</summary>
    public static async Task<string?> AskReason(DialogService dialogs, string title, string consequence, string deed, bool isMandatory = true, bool isDangerous = true) =>
        await dialogs.OpenAsync<ReasonDialog>(title, new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Consequence)] = consequence,
            [nameof(ReasonDialog.Deed)] = deed,
            [nameof(ReasonDialog.IsMandatory)] = isMandatory,
            [nameof(ReasonDialog.IsDangerous)] = isDangerous,
        }, new DialogOptions { Width = "480px", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) as string;

    /// <summary>The slowest acknowledgement in milliseconds; null when no node answered.</summary>
    public static double? Slowest(RollBackResult result) => result.Nodes.Max(node => node.AcknowledgedMilliseconds);
}
