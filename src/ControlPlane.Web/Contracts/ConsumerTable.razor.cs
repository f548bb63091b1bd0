using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace ControlPlane.Web.Contracts;

/// <summary>Consumers with what waits for their word: of all models on their own page, of one as a part of the model's page.</summary>
public sealed partial class ConsumerTable
{
    /// <summary>Each model costs a comparison; beyond these the page would be slow.</summary>
    private const int MostModels = 20;

    private IReadOnlyList<ConsumerView>? _consumers;
    private Dictionary<Guid, ConsumerWait> _waits = [];
    private string? _readFor;
    private bool _isPartly;

    [Parameter]
    public string? Model { get; set; }

    /// <summary>On a model's page: without the model's column, with a heading of its own.</summary>
    [Parameter]
    public bool IsPart { get; set; }

    /// <summary>Beside the heading.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = Model ?? "";
        if (_readFor == wanted) return;
        _readFor = wanted;
        await Read();
    }

    public async Task Register()
    {
        if (await Open("Register a consumer", null) is { } registered) await Tell(registered, "is registered");
    }

    private async Task Edit(ConsumerView consumer)
    {
        if (await Open($"Edit {consumer.Name}", consumer) is { } changed) await Tell(changed, "was changed");
    }

    private async Task Remove(ConsumerView consumer)
    {
        if (!await ConfirmDialog.Ask(Dialogs, $"Remove {consumer.Name}", ConsumerWaits.RemovalConsequence(consumer, _waits.GetValueOrDefault(consumer.Id)), "Remove")) return;
        await Try(new RemoveConsumer(consumer.Id), $"{consumer.Name} was removed");
        await Read();
    }

    private async Task Acknowledge(ConsumerWait wait)
    {
        if (await AcknowledgeFlow.Ask(Dialogs, wait.Consumer, wait.Version, wait.Against) is not { } request) return;
        if (await Try(request, $"Acknowledged for {wait.Consumer.Name}") is not null) await Read();
    }

    private async Task Tell(ConsumerView consumer, string what)
    {
        Notices.Notify(NotificationSeverity.Success, $"{consumer.Name} {what}");
        await Read();
    }

    private async Task<ConsumerView?> Open(string title, ConsumerView? consumer) => await Dialogs.OpenAsync<ConsumerDialog>(
        title,
        new Dictionary<string, object?> { [nameof(ConsumerDialog.Consumer)] = consumer, [nameof(ConsumerDialog.Model)] = consumer?.Model ?? Model },
        new DialogOptions { Width = "560px", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) as ConsumerView;

    private async Task Read()
    {
        _consumers = await Ask(new ListConsumers(Model)) ?? _consumers;
        if (_consumers is null || Refusal is not null) return;
        var waits = new Dictionary<Guid, ConsumerWait>();
        var models = _consumers.Select(consumer => consumer.Model).Distinct(StringComparer.Ordinal).ToList();
        _isPartly = models.Count > MostModels;
        foreach (var model in models.Take(MostModels))
        {
            foreach (var wait in await Waits(model)) waits.TryAdd(wait.Consumer.Id, wait);
        }

        _waits = waits;
    }

    private async Task<IEnumerable<ConsumerWait>> Waits(string name)
    {
        try
        {
            var model = await Sender.Send(new GetModel(name));
            var open = Live.OpenRollouts.FirstOrDefault(rollout => rollout.Model == name)?.Version;
            var waits = new List<ConsumerWait>();
            foreach (var next in ConsumerWaits.Next(model, open)) waits.AddRange(ConsumerWaits.Of(await Sender.Send(new CompareVersions(name, next, model.Champion))));
            return waits;
        }
        catch (RefusedException)
        {
            // The consumers are shown all the same; the comparison's own page says what is wrong with it.
            return [];
        }
    }
}
