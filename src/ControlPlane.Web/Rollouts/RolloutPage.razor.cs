using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Charts;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace ControlPlane.Web.Rollouts;

/// <summary>One rollout, live. While it is open it comes with the feed; after that it is read once more.</summary>
public sealed partial class RolloutPage
{
    private RolloutView? _rollout;
    private IReadOnlyList<ChartModel> _charts = [];
    private string? _chartsNote;
    private bool _isActing;

    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "minutes")]
    public int? Minutes { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_rollout?.Id != Id) _rollout = await Ask(new GetRollout(Id));
        Draw();
    }

    protected override async Task OnSnapshot()
    {
        if (_rollout is null) return;
        if (Live.OpenRollouts.FirstOrDefault(open => open.Id == Id) is { } newest) _rollout = newest;
        else if (RolloutFigures.IsOpen(_rollout.Phase) && _rollout.ChangedAt < Live.At) _rollout = await Ask(new GetRollout(Id)) ?? _rollout;
        Draw();
    }

    private void Draw()
    {
        if (_rollout is null) return;
        var (windows, shown, note) = RolloutTraffic.Of(_rollout, Live.Windows, Minutes, Now);
        _chartsNote = note;
        if (shown is not { } span)
        {
            _charts = [];
            return;
        }

        var markers = RolloutFigures.Markers(_rollout);
        _charts =
        [
            TrafficCharts.Latency(windows, span, 0.99, markers, RolloutFigures.LatencyLimits(_rollout)),
            TrafficCharts.Scores(windows, span, []),
            TrafficCharts.Rate(windows, span, markers),
            TrafficCharts.Errors(windows, span, markers),
        ];
    }

    private async Task Act(RolloutButton button)
    {
        var nodes = Live.Nodes.Count(node => node.State == NodeState.Ready);
        var reason = await RollBackFlow.AskReason(Dialogs, button.Title, button.Consequence(_rollout!, nodes), button.Text.TrimEnd('…'), button.NeedsReason, button.IsDangerous);
        if (reason is null) return;
        _isActing = true;
        try
        {
            _rollout = await Try(new ActOnRollout(Id, button.Action, reason.Length == 0 ? null : reason), button.Done) ?? _rollout;
            Draw();
        }
        finally
        {
            _isActing = false;
        }
    }
}
