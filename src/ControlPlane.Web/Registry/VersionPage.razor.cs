using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Access;
using ControlPlane.Web.Contracts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ControlPlane.Web.Registry;

/// <summary>One version: contract, checks and what they rest on, part by part; which part is shown stands in the address.</summary>
public sealed partial class VersionPage
{
    private VersionView? _version;
    private IDisposable? _watch;
    private string _first = VersionViewTabs.Contract;
    private bool _isReplaying;
    private bool _isDrafting;
    private DraftSummary? _mine;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Parameter]
    public string Model { get; set; } = "";

    [Parameter]
    public int Version { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    [SupplyParameterFromQuery(Name = "against")]
    public int? Against { get; set; }

    private IReadOnlyList<string> ImportNotes => _version?.ImportNotes ?? [];

    private bool IsImported => ImportNotes.Count > 0;

    private string Chosen => VersionViewTabs.Of(IsImported).Any(tab => tab.Key == View) ? View! : _first;

    // What is set side by side needs the whole width.
    private bool HasSide => Chosen is VersionViewTabs.Contract or VersionViewTabs.Checks or VersionViewTabs.Import;

    protected override async Task OnParametersSetAsync()
    {
        if (_version?.Model == Model && _version.Version == Version) return;
        _version = await Ask(new GetVersion(Model, Version));
        // Chosen once: the page must not jump when the checks end under somebody's eyes.
        if (_version is not null) _first = VersionViewTabs.First(_version.Status);
        _mine = _version is null ? null : await FindMine();
        Leave();
        if (_version?.Status == VersionStatus.Checking) _watch = Feed.Watch(Model, Version);
    }

    protected override Task OnSnapshot()
    {
        if (_watch is not null && Live.Checking.TryGetValue(new(Model, Version), out var newest)) _version = newest;
        if (_version?.Status != VersionStatus.Checking) Leave();
        return Task.CompletedTask;
    }

    // The person's own draft of this version, the one changed last: it is gone on with, not begun again.
    private async Task<DraftSummary?> FindMine()
    {
        if (Authentication is null) return null;
        var caller = CallerClaims.Of((await Authentication).User, null);
        return (await Ask(new ListDrafts(Model)))?.FirstOrDefault(draft => draft.CreatedBy == caller.Name && DraftFigures.SourceVersion(draft.Source) == Version);
    }

    // A version never changes: its contract is changed in a draft, out of which the next version is made.
    private async Task ChangeContract()
    {
        _isDrafting = true;
        if (await Try(new CreateDraft(Model, FromVersion: Version), $"A draft was begun from version {Version}") is { } draft) Navigation.NavigateTo($"/models/{Model}/drafts/{draft.Id}");
        _isDrafting = false;
    }

    private async Task Replay()
    {
        _isReplaying = true;
        try
        {
            if (await Try(new ReplayGolden(Model, Version), "The golden samples were replayed") is { } report) _version = _version! with { GoldenReport = report };
        }
        finally
        {
            _isReplaying = false;
        }
    }

    protected override void Leave()
    {
        _watch?.Dispose();
        _watch = null;
    }
}
