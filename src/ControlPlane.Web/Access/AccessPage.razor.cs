using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Access;

/// <summary>API keys: made once, shown once, revoked for good.</summary>
public sealed partial class AccessPage
{
    private IReadOnlyList<ApiKeyView>? _keys;
    private CreatedApiKey? _created;
    private string _name = "";
    private Role _role = Role.DataScientist;
    private bool _copied;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _keys = await Ask(new ListApiKeys());

    private async Task Create()
    {
        var created = await Try(new CreateApiKey(_name.Trim(), _role), "The key was created");
        if (created is null) return;
        (_created, _copied, _name) = (created, false, "");
        _keys = await Ask(new ListApiKeys());
    }

    private async Task CopySecret()
    {
        await Script.InvokeVoidAsync("controlPlane.copy", _created!.Secret);
        _copied = true;
    }

    private async Task Revoke(ApiKeyView key)
    {
        var isSure = await Dialogs.Confirm(
            $"Every program that signs in with {key.Name} is refused from now on. This cannot be undone.",
            $"Revoke {key.Name}",
            new Radzen.ConfirmOptions { OkButtonText = "Revoke", CancelButtonText = "Leave it as it is" });
        if (isSure != true) return;
        await Try(new RevokeApiKey(key.Id), "The key was revoked");
        _keys = await Ask(new ListApiKeys());
    }
}
