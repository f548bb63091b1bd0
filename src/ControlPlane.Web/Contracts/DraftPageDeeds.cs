using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Contracts;

/// <summary>What a person does with a draft.</summary>
public sealed partial class DraftPage
{
    private async Task SaveNow()
    {
        await Fetch();
        await Save(null);
    }

    private Task SaveNotes(ChangeEventArgs change) => Save(_notes = change.Value?.ToString() ?? "");

    /// <summary>True when the draft is kept as it stands here.</summary>
    private async Task<bool> Save(string? notes)
    {
        _isSaving = true;
        var text = _text;
        try
        {
            var kept = await Sender.Send(new SaveDraft(Model, Id, _draft!.Stamp, text, notes));
            (_draft, _conflict, _refused) = (kept, null, null);
            _notes = kept.Notes;
            await Check();
            return true;
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            _conflict = refusal.Message;
        }
        catch (RefusedException refusal)
        {
            _refused = refusal;
        }
        finally
        {
            _isSaving = false;
        }

        return false;
    }

    private async Task CreateVersion()
    {
        _isActing = true;
        try
        {
            await Fetch();
            if (IsChanged && !await Save(null)) return;
            if (Problems.Count > 0) return;
            var made = await Sender.Send(new CreateVersionFromDraft(Model, Id, _draft!.Stamp));
            if (made.AlreadyThere) Notices.Notify(Radzen.NotificationSeverity.Info, "This very release is there already", $"It is version {made.Version}.");
            Navigation.NavigateTo($"/models/{Model}/versions/{made.Version}");
        }
        catch (RefusedException refusal)
        {
            _refused = refusal;
        }
        finally
        {
            _isActing = false;
        }
    }

    private async Task Discard()
    {
        var source = _draft!.Source;
        if (!await ConfirmDialog.Ask(Dialogs, "Discard the draft", $"The draft from {source} is thrown away with what was written in it. Versions stay as they are.", "Discard")) return;
        if (_autoSave is not null) await _autoSave.DisposeAsync();
        if (await Ask(new DiscardDraft(Model, Id)) is var _ && Refusal is null) Navigation.NavigateTo($"/models/{Model}");
    }

    private async Task KeepMine()
    {
        if (!await ConfirmDialog.Ask(Dialogs, "Keep mine", "What was saved elsewhere since you read this draft is overwritten by the text that stands here.", "Overwrite")) return;
        _isActing = true;
        try
        {
            await Fetch();
            var newest = await Sender.Send(new GetDraft(Model, Id));
            // Only its stamp is taken: the text that stays is the one written here.
            _draft = _draft! with { Stamp = newest.Stamp };
            if (await Save(_notes)) Notices.Notify(Radzen.NotificationSeverity.Success, "Your text was saved over the other");
        }
        catch (RefusedException refusal)
        {
            _refused = refusal;
        }
        finally
        {
            _isActing = false;
        }
    }

    private async Task ReadAgain()
    {
        if (!await ConfirmDialog.Ask(Dialogs, "Read it again", "What you wrote here since the last save is dropped, and the text that was saved elsewhere takes its place.", "Drop my text")) return;
        if (await Ask(new GetDraft(Model, Id)) is not { } draft) return;
        Take(draft);
        await Check();
        if (_editor is not null) await _editor.InvokeVoidAsync("write", draft.Contract);
    }

    private async Task Format()
    {
        await Fetch();
        if (ContractText.Formatted(_text) is { } formatted) await Replace(formatted);
    }

    private async Task StartFromSignature()
    {
        var isEmpty = _text.Trim().Length == 0;
        if (!isEmpty && !await ConfirmDialog.Ask(Dialogs, "Start from the model's signature", "The contract written here is replaced by one that is read off the model's tensors. Ctrl-Z in the text takes it back.", "Replace")) return;
        if (_check?.SignatureContract is { } start) await Replace(ContractText.Formatted(start) ?? start);
    }

    private async Task Replace(string text)
    {
        if (_editor is not null) await _editor.InvokeVoidAsync("replace", text);
        Judge(text);
        if (IsChanged) await Save(null);
    }

    private async Task GoTo(Problem problem)
    {
        if (_editor is not null) await _editor.InvokeVoidAsync("goTo", _figures.LineOf(problem), problem.Path.Length == 0 ? _figures.Column : null);
    }
}
