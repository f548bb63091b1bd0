using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Charts;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace ControlPlane.Web.Registry;

/// <summary>One model: who answers, how each version does now, its versions and releases. Read again only when its split or its newest version changed.</summary>
public sealed partial class ModelPage
{
    private ModelView? _model;
    private IReadOnlyList<ReleaseView> _releases = [];
    private IReadOnlyList<ChartModel> _charts = [];
    private RollBackResult? _rolledBack;
    private (string Name, long Generation, int? Latest) _readAt;

    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "minutes")]
    public int? Minutes { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public int? Show { get; set; }

    private int Shown => Math.Clamp(Show ?? 50, 10, 1000);

    private SplitView? Split => Live.Splits.GetValueOrDefault(Name);

    private RolloutView? Open => Live.OpenRollouts.FirstOrDefault(rollout => rollout.Model == Name);

    private RollBackOffer Offer => RollBackOffer.Of(Name, Split?.Champion, Open, _releases);

    private (string, long, int?) Newest => (Name, Split?.Generation ?? 0, Live.Models.FirstOrDefault(model => model.Name == Name)?.LatestVersion);

    protected override async Task OnParametersSetAsync()
    {
        if (_model?.Name != Name) await Read();
        Draw();
    }

    protected override async Task OnSnapshot()
    {
        // While a version is checked the list is read again until it is known how it ended.
        var isChecking = _model?.Versions.Any(version => version.Status == Domain.Registry.VersionStatus.Checking) == true && Live.At.Second % 3 == 0;
        if (Refusal is null && (Newest != _readAt || isChecking)) await Read();
        Draw();
    }

    private async Task Read()
    {
        _readAt = Newest;
        _model = await Ask(new GetModel(Name)) ?? _model;
        if (Refusal is null) _releases = await Ask(new ListReleases(Name, "production")) ?? _releases;
    }

    private void Draw()
    {
        var span = ChartSpan.Last(Minutes, Now);
        var windows = Live.Windows.Where(window => window.Model == Name).ToList();
        var markers = ModelFigures.Markers(_releases);
        _charts =
        [
            TrafficCharts.Rate(windows, span, markers),
            TrafficCharts.Latency(windows, span, 0.99, markers, []),
            TrafficCharts.Latency(windows, span, 0.5, markers, []),
            TrafficCharts.Errors(windows, span, markers),
            TrafficCharts.Scores(windows, span, []),
        ];
    }

    private async Task SetCompatibility(ChangeEventArgs change)
    {
        if (!Enum.TryParse<CompatibilityMode>(change.Value?.ToString(), out var mode)) return;
        if (await Try(new SetCompatibility(Name, mode), $"Compatibility of {Name}: {ChangeWords.Mode(mode)}. {ChangeWords.Rule(mode)}") is null) await Read();
        else _model = _model! with { Compatibility = mode };
    }

    private async Task RollBack()
    {
        var nodes = Live.Nodes.Count(node => node.State == NodeState.Ready);
        var reason = await RollBackFlow.AskReason(Dialogs, $"Roll back {Name}", RollBackFlow.Consequence(Name, Offer.Target, nodes), "Roll back");
        if (reason is null) return;
        _rolledBack = await Try(new RollBackModel(Name, "production", null, reason), $"{Name} was rolled back");
        await Read();
    }
}
