using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using Microsoft.AspNetCore.Components;

namespace ControlPlane.Web.Registry;

/// <summary>One row tried on a node: filled with the version's first golden sample, or without any with values that the contract allows.</summary>
public sealed partial class TryPart
{
    private TryForm? _form;
    private (string Model, int Version)? _formOf;
    private TriedRow? _tried;
    private string _responseVersion = "";
    private bool _isFromGolden;
    private bool _isSending;

    [Parameter, EditorRequired]
    public VersionView Version { get; set; } = default!;

    private Contract Contract => Version.Contract;

    protected override async Task OnParametersSetAsync()
    {
        // A newer view of the same version must not wipe out what somebody typed.
        if (_formOf == (Version.Model, Version.Version)) return;
        (_formOf, _form, _tried) = ((Version.Model, Version.Version), null, null);
        var sample = await FirstSample();
        (_form, _isFromGolden) = (TryForm.Of(Contract, sample), sample is not null);
    }

    private async Task<string?> FirstSample()
    {
        if (Version.GoldenRows == 0) return null;
        try
        {
            return (await Sender.Send(new GetGoldenSample(Version.Model, Version.Version))).Inputs.GetRawText();
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            // The Golden check says that the store has lost the file; a row can still be typed.
            return null;
        }
    }

    private async Task Send()
    {
        _isSending = true;
        try
        {
            _tried = await Ask(new TryVersion(Version.Model, Version.Version, _form!.ToJson(), _responseVersion.Length == 0 ? null : _responseVersion));
        }
        finally
        {
            _isSending = false;
        }
    }
}
