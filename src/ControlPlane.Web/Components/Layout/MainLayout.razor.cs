using ControlPlane.Web.Live;
using ControlPlane.Web.Serving;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Components.Layout;

/// <summary>The frame around every page.</summary>
public sealed partial class MainLayout
{
    private static readonly (string Theme, string Glyph)[] Themes = [("light", "☀"), ("dark", "☾"), ("system", "◐")];

    private LiveSnapshot _live = LiveSnapshot.None;
    private IDisposable? _subscription;
    private ErrorBoundary? _boundary;
    private string _theme = "";

    private string NodesReady => _live.IsThere
        ? FleetFigures.ReadyNodes(_live.Nodes, _live.At)
        : "looking for nodes";

    protected override void OnInitialized()
    {
        _live = Feed.Current;
        _subscription = Feed.Subscribe(snapshot => InvokeAsync(() =>
        {
            var shown = (NodesReady, _live.OpenRollouts.Count, _live.Trouble);
            _live = snapshot;
            if (shown != (NodesReady, _live.OpenRollouts.Count, _live.Trouble)) StateHasChanged();
        }));
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _theme = await Script.InvokeAsync<string?>("controlPlane.theme") ?? "system";
        StateHasChanged();
    }

    public void Dispose() => _subscription?.Dispose();

    private async Task SetTheme(string theme)
    {
        _theme = theme;
        await Script.InvokeVoidAsync("controlPlane.setTheme", theme);
    }
}
