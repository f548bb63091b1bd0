using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>The outside of a request in either form: what is needed to route it, and how its rows are read and answered once a version is chosen.</summary>
internal sealed class PayloadEnvelope
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly RowEnvelope _rows;
    private readonly TensorRequest? _tensors;

    private PayloadEnvelope(ReadOnlyMemory<byte> body, RowEnvelope rows, TensorRequest? tensors) => (_body, _rows, _tensors) = (body, rows, tensors);

    public string? Id => _tensors is null ? _rows.Id : _tensors.Id;

    public string? RoutingKey => _tensors is null ? _rows.RoutingKey : _tensors.RoutingKey;

    /// <exception cref="PredictionException">The body is not JSON, or not of that form.</exception>
    public static PayloadEnvelope Read(PayloadForm form, ReadOnlyMemory<byte> body, int jsonBytes)
    {
        try
        {
            return form == PayloadForm.Rows
                ? new(body, RowEnvelope.Read(body.Span), null)
                : new(body, default, TensorRequestReader.Read(body.Span[..jsonBytes], body.Length));
        }
        catch (JsonException cause)
        {
            throw NotJson(cause);
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    /// <summary>The form in which the client wants the answer: what the body says, else the header, else the champion's major, else the version's present one.</summary>
    /// <param name="championMajor">Null where the client named the version.</param>
    /// <exception cref="PredictionException">The version does not serve it, or has no such outputs in it.</exception>
    public AnswerForm ChooseForm(LoadedVersion version, string? header, int? championMajor)
    {
        var plan = version.Plan;
        var inBody = _tensors is null ? _rows.ResponseVersion : _tensors.ResponseVersion;
        var choice = (inBody ?? header) is { } wanted
            ? ResponseVersionChoice.Of(plan.Contract.Response, wanted, version.Version)
            : ResponseVersionChoice.Unasked(plan.Contract.Response, championMajor);
        if (choice.Refusal is { } refusal)
        {
            var path = inBody is null ? $"response_version (header {InferenceHandler.ResponseVersionHeader})" : _tensors is null ? "response_version" : "parameters.response_version";
            throw PredictionException.Payload(path, refusal);
        }

        var form = choice.IsPrevious ? plan.Previous! : plan.Present;
        if (_tensors is not null) TensorAnswer.CheckWishes(form, _tensors);
        return form;
    }

    /// <summary>Reads and checks the rows or tensors as the version's contract wants them.</summary>
    public void ReadInto(ServingPlan plan, PredictionBatch batch)
    {
        try
        {
            if (_tensors is null)
            {
                RowReader.Read(_body.Span.Slice(_rows.InstancesStart, _rows.InstancesLength), plan, batch);
                return;
            }

            TensorReader.Read(_body.Span, _tensors, plan, batch);
        }
        catch (JsonException cause)
        {
            throw NotJson(cause);
        }
        catch (InvalidOperationException)
        {
            // The JSON reader's word for bytes that are no UTF-8 or half a surrogate pair.
            throw NotUnicode();
        }
    }

    /// <summary>Writes the answer; gives the length of its JSON when binary tensors follow, else null.</summary>
    public int? WriteAnswer(AnswerBuffer answer, LoadedVersion version, AnswerForm form, PredictionBatch batch, string predictionId)
    {
        if (_tensors is not null) return TensorAnswer.Write(answer, version, form, batch, _tensors, predictionId);
        RowAnswer.Write(answer.Json, version, form, batch, _rows.Id, predictionId);
        answer.Json.Flush();
        return null;
    }

    private static PredictionException NotJson(JsonException cause) =>
        PredictionException.Payload("", $"the body is not JSON (line {cause.LineNumber + 1}, byte {cause.BytePositionInLine + 1})");

    private static PredictionException NotUnicode() => PredictionException.Payload("", "the body holds text that is not valid Unicode");
}
