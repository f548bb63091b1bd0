using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;

namespace ControlPlane.Web.Contracts;

/// <summary>Registers a consumer or changes one; closes with it as it then is.</summary>
public sealed partial class ConsumerDialog
{
    private static readonly string[] Fields = ["model", "name", "response_major", "owner", "contact", "fields"];
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _outputs = [];
    private string _model = "";
    private string _name = "";
    private int _major = 1;
    private string _owner = "";
    private string _contact = "";
    private RefusedException? _refusal;
    private IReadOnlyList<Problem> _problems = [];

    // Null until somebody says so: that it reads all is a choice, not what is left when nothing was ticked.
    private bool? _readsAll;

    /// <summary>Null registers a new one.</summary>
    [Parameter]
    public ConsumerView? Consumer { get; set; }

    /// <summary>Null lets the person choose.</summary>
    [Parameter]
    public string? Model { get; set; }

    // What it reads already stays visible, also when the newest version has no such output any more.
    private IReadOnlyList<string> Known => [.. _outputs.Union(_fields, StringComparer.Ordinal)];

    protected override async Task OnInitializedAsync()
    {
        if (Consumer is { } consumer)
        {
            (_name, _major, _owner, _contact) = (consumer.Name, consumer.ResponseMajor, consumer.Owner, consumer.Contact);
            _fields.UnionWith(consumer.Fields);
            _readsAll = consumer.Fields.Count == 0;
        }

        await Choose(Model);
    }

    private async Task Choose(string? model)
    {
        _model = model ?? "";
        _outputs = [];
        if (_model.Length == 0) return;
        try
        {
            var view = await Sender.Send(new GetModel(_model));
            if ((view.Champion ?? view.LatestVersion) is not { } version) return;
            var contract = (await Sender.Send(new GetVersion(_model, version))).Contract;
            _outputs = [.. contract.Outputs.Select(output => output.Name).Concat(contract.Response.Previous?.Fields.Select(field => field.Name) ?? []).Append("decision").Distinct(StringComparer.Ordinal)];
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal;
        }
    }

    private void Mark(string field, bool isRead)
    {
        if (_readsAll == true) _fields.Clear();
        _readsAll = false;
        if (isRead) _fields.Add(field);
        else _fields.Remove(field);
    }

    private async Task Save()
    {
        (_refusal, _problems) = (null, [.. Missing()]);
        if (_problems.Count > 0) return;
        try
        {
            string[] fields = _readsAll == true ? [] : [.. Known.Where(_fields.Contains)];
            Dialogs.Close(Consumer is { } consumer
                ? await Sender.Send(new ChangeConsumer(consumer.Id, _name.Trim(), _major, fields, _owner.Trim(), _contact.Trim(), consumer.Stamp))
                : await Sender.Send(new RegisterConsumer(_model, _name.Trim(), _major, fields, _owner.Trim(), _contact.Trim())));
        }
        catch (RefusedException refusal)
        {
            // What belongs to a field stands there, the rest below.
            _problems = refusal.Problems;
            _refusal = refusal.Problems.Count > 0 && refusal.Problems.All(problem => FieldFault.BelongsTo(problem, Fields)) ? null : refusal;
        }
    }

    private IEnumerable<Problem> Missing()
    {
        if (_model.Length == 0) yield return new("model", "choose one");
        if (string.IsNullOrWhiteSpace(_name)) yield return new("name", "is needed");
        if (_major < 1) yield return new("response_major", "must be at least 1");
        if (string.IsNullOrWhiteSpace(_owner)) yield return new("owner", "is needed");
        if (string.IsNullOrWhiteSpace(_contact)) yield return new("contact", "is needed");
        if (_readsAll is null) yield return new("fields", "choose all or these");
        else if (_readsAll == false && _fields.Count == 0) yield return new("fields", "tick at least one, or choose all");
    }
}
