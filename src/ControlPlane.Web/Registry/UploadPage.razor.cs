using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Registry;

/// <summary>Uploads a version. The browser sends the bytes in pieces straight to the API, so that they do not pass through the circuit and go on after a broken connection.</summary>
public sealed partial class UploadPage : IAsyncDisposable
{
    private const string Known = "Of our own (model.onnx, contract.json, golden.jsonl, baseline.csv), an MLflow model directory with an ONNX flavor, or a Triton model directory.";
    private static readonly (string Key, string Name)[] Ways = [("files", "Files one by one"), ("bundle", "A bundle (zip)"), ("folder", "A folder")];

    private static readonly string[] Parts = ["artifact", "contract", "golden", "baseline", "preprocessing", "notes"];

    private ElementReference _form;
    private ImportOutcome? _imported;
    private IJSObjectReference? _module;
    private IJSObjectReference? _upload;
    private DotNetObjectReference<UploadPage>? _self;
    private UploadProgress? _progress;
    private IReadOnlyList<Problem> _problems = [];
    private bool _isHeld;
    private string? _shown;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Parameter]
    public string Model { get; set; } = "";

    [SupplyParameterFromQuery(Name = "as")]
    public string? As { get; set; }

    private string Way => Ways.Any(way => way.Key == As) ? As! : "files";

    private IReadOnlyList<Problem> Elsewhere => [.. _problems.Where(problem => !FieldFault.BelongsTo(problem, Way == "files" ? Parts : ["bundle"]))];

    private bool IsBusy => _upload is not null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Way) (_problems, _imported, _shown) = ([], null, Way);
        await Ask(new GetModel(Model));
    }

    [JSInvokable]
    public void Progressed(long sent, long total, string state)
    {
        _progress = UploadProgress.Of(sent, total, _isHeld ? "paused" : state);
        StateHasChanged();
    }

    [JSInvokable]
    public async Task Refused(string[] sentences)
    {
        (_problems, _progress) = ([.. sentences.Select(Read)], null);
        await Forget();
        StateHasChanged();
    }

    [JSInvokable]
    public async Task Finished(int version, bool wasThere)
    {
        await Forget();
        if (wasThere) Notices.Notify(Radzen.NotificationSeverity.Info, "This very release is there already", $"It is version {version}.");
        Navigation.NavigateTo($"/models/{Model}/versions/{version}");
    }

    [JSInvokable]
    public async Task Imported(ImportOutcome outcome)
    {
        (_imported, _progress) = (outcome, null);
        await Forget();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (_upload is not null) await _upload.InvokeVoidAsync("stop");
            await Forget();
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone; what it sent is kept and can be continued.
        }
    }

    // The browser tells "path: sentence"; a sentence without a path belongs to no field.
    private static Problem Read(string told) => told.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end && !told[..end].Contains(' ')
        ? new(told[..end], told[(end + 2)..])
        : new("", told);

    private async Task Start()
    {
        if (IsBusy) return;
        (_problems, _isHeld, _imported) = ([], false, null);
        _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./upload.js");
        _self = DotNetObjectReference.Create(this);
        _upload = await _module.InvokeAsync<IJSObjectReference>("create", _self);
        // Not awaited in the browser: a long upload must not hold the circuit's call open.
        await _module.InvokeVoidAsync(Way == "files" ? "begin" : "beginImport", _upload, _form, Model);
    }

    private async Task TogglePauseOfUpload()
    {
        if (_upload is null) return;
        _isHeld = !_isHeld;
        await _upload.InvokeVoidAsync(_isHeld ? "pause" : "resume");
        if (_progress is { } progress) _progress = UploadProgress.Of(progress.Sent, progress.Total, _isHeld ? "paused" : "sending");
    }

    private async Task Forget()
    {
        var upload = _upload;
        (_upload, _isHeld) = (null, false);
        if (upload is not null) await upload.DisposeAsync();
        _self?.Dispose();
        _self = null;
    }
}
