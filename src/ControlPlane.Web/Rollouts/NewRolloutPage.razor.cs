using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.Web.Contracts;
using Microsoft.AspNetCore.Components;

namespace ControlPlane.Web.Rollouts;

/// <summary>The guided form: what, how carefully, the plan as it will be, and off it goes.</summary>
public sealed partial class NewRolloutPage
{
    private ModelView? _model;
    private PlanDraft _plan = PlanDraft.Of(PlanPreset.Of(null, true).Plan);
    private (string?, bool) _planOf = (null, true);
    private IReadOnlyList<Problem> _problems = [];
    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private ComparisonView? _comparison;
    private (string?, int?) _comparisonOf;
    private string _reason = "";
    private bool _isSending;
    private bool _wasSubmitted;

    [SupplyParameterFromQuery(Name = "model")]
    public string? Model { get; set; }

    [SupplyParameterFromQuery(Name = "version")]
    public string? Version { get; set; }

    [SupplyParameterFromQuery(Name = "preset")]
    public string? Preset { get; set; }

    // The only candidate needs no choosing.
    private int? VersionNumber => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : Candidates is [var only] ? only.Version
        : null;

    // One rollout of a model at a time: another one could not be told apart in its traffic.
    private RolloutView? Open => Live.OpenRollouts.FirstOrDefault(rollout => rollout.Model == _model?.Name);

    private bool HasChampion => _model is null or { Champion: not null };

    private string PresetKey => PlanPreset.Of(Preset, HasChampion).Key;

    private IReadOnlyList<VersionSummary> Candidates =>
        [.. (_model?.Versions ?? []).Where(version => version.Status == VersionStatus.Ready && version.Version != _model!.Champion)];

    private static string Named(VersionSummary version) => string.IsNullOrWhiteSpace(version.Notes) ? $"v{version.Version}" : $"v{version.Version} · {version.Notes}";

    protected override async Task OnParametersSetAsync()
    {
        if (string.IsNullOrEmpty(Model)) _model = null;
        else if (_model?.Name != Model) _model = await Ask(new GetModel(Model));
        if (_comparisonOf != (_model?.Name, VersionNumber)) await Compare();
        LookAgain();
        if (_planOf == (Preset, HasChampion)) return;
        // Another preset begins anew; edits to the one before are not carried over.
        _plan = PlanDraft.Of(PlanPreset.Of(Preset, HasChampion).Plan);
        _planOf = (Preset, HasChampion);
        _problems = [];
    }

    // Without a champion nobody uses anything that could change.
    private async Task Compare()
    {
        _comparisonOf = (_model?.Name, VersionNumber);
        _accepted.Clear();
        _comparison = _model is { Champion: { } champion } && VersionNumber is { } version && Candidates.Any(candidate => candidate.Version == version)
            ? await Ask(new CompareVersions(_model.Name, version, champion))
            : null;
    }

    private async Task Acknowledge(HitConsumerView consumer)
    {
        var (version, against) = (_comparison!.Version, _comparison.Against);
        if (await AcknowledgeFlow.Ask(Dialogs, consumer, version, against) is not { } request) return;
        if (await Try(request, $"Acknowledged for {consumer.Name}") is not null) _comparison = await Ask(new CompareVersions(_comparison.Model, version, against)) ?? _comparison;
        LookAgain();
    }

    // What was told to stand in the way is told only for as long as it does.
    private void LookAgain()
    {
        if (_problems.Count > 0) _problems = Problems(_wasSubmitted);
        Refusal = _model is null ? Refusal : null;
    }

    private void Go(string name, string? value)
    {
        var changes = new Dictionary<string, object?> { [name] = string.IsNullOrEmpty(value) ? null : value };
        if (name == "model") changes["version"] = null;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes), replace: true);
    }

    private Task Draft() => Send(submit: true);

    private async Task Send(bool submit)
    {
        (_wasSubmitted, _problems) = (submit, Problems(submit));
        if (_problems.Count > 0 || Open is not null) return;
        _isSending = true;
        try
        {
            var draft = await Ask(new DraftRollout(Model!, VersionNumber!.Value, "production", _plan.ToPlan(), [.. _accepted.Order(StringComparer.Ordinal)]));
            if (draft is null) return;
            // A refused submission leaves the draft, whose page says what is in the way.
            if (submit) await Try(new ActOnRollout(draft.Id, RolloutAction.Submit, _reason.Trim().Length == 0 ? null : _reason.Trim()), "The rollout begins");
            Navigation.NavigateTo($"/rollouts/{draft.Id}");
        }
        finally
        {
            _isSending = false;
        }
    }

    // A draft may wait for its consumers; a rollout that is to begin may not.
    private IReadOnlyList<Problem> Problems(bool submit) =>
        [.. Missing(submit), .. submit ? ComparisonObstacles.Of(_comparison, _accepted) : [], .. RolloutPlanCheck.Problems(_plan.ToPlan())];

    private IEnumerable<Problem> Missing(bool submit)
    {
        if (string.IsNullOrEmpty(Model)) yield return new("model", "choose one");
        if (VersionNumber is null) yield return new("version", "choose one");
        if (submit && _plan.Kind == RolloutKind.Immediate && string.IsNullOrWhiteSpace(_reason)) yield return new("reason", "is needed for an immediate release");
    }
}
