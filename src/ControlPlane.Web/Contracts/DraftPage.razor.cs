using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Contracts;

/// <summary>A contract while it is written: judged and shown at each pause of the typing, saved by itself a little later.</summary>
public sealed partial class DraftPage
{
    private const int MostProblems = 50;
    private const int MostCharacters = 4 * 1024 * 1024;

    private ElementReference _area;
    private ElementReference _gutter;
    private IJSObjectReference? _module;
    private IJSObjectReference? _editor;
    private DotNetObjectReference<DraftPage>? _self;
    private DraftView? _draft;
    private ContractCheck? _check;
    private ModelView? _model;
    private VersionView? _against;
    private DraftFigures _figures = DraftFigures.Of("", null);
    private string _first = "";
    private string _text = "";
    private string _notes = "";
    private string? _conflict;
    private RefusedException? _refused;
    private bool _isActing;
    private bool _isSaving;
    private ITimer? _autoSave;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Parameter]
    public string Model { get; set; } = "";

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The version that the draft is compared with; without one, the version it came from, else the champion.</summary>
    [SupplyParameterFromQuery(Name = "against")]
    public int? Against { get; set; }

    private IEnumerable<int> Versions => (_model?.Versions ?? []).Select(version => version.Version);

    private bool IsChanged => _draft is not null && _text != _draft.Contract;

    private IReadOnlyList<Problem> Problems => IsChanged ? _figures.Problems : _figures.With([.. _draft?.Problems ?? [], .. _check?.Problems ?? []]);

    private (string Tone, string Text) Saved => _conflict is not null ? ("fail", "✕ not saved: changed elsewhere")
        : _isSaving ? ("no-data", "○ saving")
        : IsChanged ? ("hold", "● not saved yet")
        : Problems.Count > 0 ? ("no-data", $"saved, {Phrases.Many(Problems.Count, "problem")}")
        : ("pass", "✓ saved");

    private string Verdict => Problems.Count > 0 ? $"no: {Phrases.Many(Problems.Count, "problem")}"
        : IsChanged ? "as far as the text tells; whether it fits the model is seen when it is saved"
        : (_check?.Fits ?? _draft?.Fits) switch { true => "yes, and it fits the model's tensors", false => "it does not fit the model's tensors", null => "yes" };

    private string Compared => (_against, _figures.Changes) switch
    {
        (null, _) => "there is no version to compare with",
        (_, null) => "seen when the text can be read",
        ({ } against, { } changes) => $"{ChangeWords.Summary(changes.Select(change => change.Kind))} against v{against.Version}",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_draft?.Id == Id)
        {
            await Compare(_draft);
            return;
        }

        if (await Ask(new GetDraft(Model, Id)) is not { } draft) return;
        _model = await Ask(new GetModel(Model));
        await Compare(draft);
        Take(draft);
        _first = draft.Contract;
        await Check();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_draft is null || _editor is not null) return;
        _self ??= DotNetObjectReference.Create(this);
        _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./editor.js");
        _editor = await _module.InvokeAsync<IJSObjectReference>("create", _area, _gutter, _self);
    }

    /// <summary>Called by the browser when the typing pauses.</summary>
    [JSInvokable]
    public async Task Typed()
    {
        await Fetch();
        _autoSave?.Dispose();
        _autoSave = Clock.CreateTimer(_ => InvokeAsync(SaveQuietly), null, TimeSpan.FromSeconds(1.5), Timeout.InfiniteTimeSpan);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_autoSave is not null) await _autoSave.DisposeAsync();
        try
        {
            if (_editor is not null)
            {
                await _editor.InvokeVoidAsync("stop");
                await _editor.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its text field with it.
        }

        _self?.Dispose();
    }

    internal void Judge(string text)
    {
        _text = text;
        _figures = DraftFigures.Of(text, _against?.Contract);
    }

    private void Take(DraftView draft)
    {
        (_draft, _notes, _conflict) = (draft, draft.Notes, null);
        Judge(draft.Contract);
    }

    private async Task Compare(DraftView draft)
    {
        int?[] wanted = [Against, DraftFigures.SourceVersion(draft.Source), _model?.Champion, _model?.LatestVersion];
        var version = wanted.FirstOrDefault(one => one is { } number && Versions.Contains(number));
        if (version == _against?.Version) return;
        _against = version is { } chosen ? await Ask(new GetVersion(Model, chosen)) : null;
        Judge(_text);
    }

    private void CompareWith(ChangeEventArgs change) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("against", change.Value?.ToString()), replace: true);

    // Whether it fits the model's file, and what could be started from.
    private async Task Check()
    {
        if (_draft?.ArtifactDigest is not { } artifact) return;
        try
        {
            _check = await Sender.Send(new CheckContract(_text, artifact));
        }
        catch (RefusedException)
        {
            // The draft's own problems say what is wrong with its artifact.
            _check = null;
        }
    }

    // A stream, because what is typed may be larger than one message of the circuit.
    private async Task Fetch()
    {
        if (_editor is null || await _editor.InvokeAsync<IJSStreamReference>("text") is not { } reference) return;
        await using var _ = reference;
        await using var stream = await reference.OpenReadStreamAsync(MostCharacters);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Judge(await reader.ReadToEndAsync());
    }

    private async Task SaveQuietly()
    {
        if (IsChanged && _conflict is null && !_isActing) await Save(null);
        StateHasChanged();
    }
}
