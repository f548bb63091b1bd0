using System.Text.Json;
using System.Text.Json.Serialization;
using ControlPlane.Web.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Parts;

/// <summary>Draws a chart model; draws again when it is given another one.</summary>
public partial class Chart
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private ElementReference _plot;
    private IJSObjectReference? _module;
    private ChartModel? _drawn;

    [Parameter, EditorRequired]
    public ChartModel Model { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_drawn, Model) || Model.IsEmpty) return;
        _drawn = Model;
        try
        {
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./charts.js");
            await _module.InvokeVoidAsync("draw", _plot, JsonSerializer.SerializeToElement(Model, Json));
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone; there is nothing to draw on.
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_module is null) return;
        try
        {
            await _module.InvokeVoidAsync("dispose", _plot);
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its charts with it.
        }
    }
}
