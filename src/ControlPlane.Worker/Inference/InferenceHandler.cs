using System.Diagnostics;
using System.Globalization;
using ControlPlane.Domain.Serving;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>The one way of a request in either form: route → payload check → prepare → infer → decide → response check → respond; then count and mirror.</summary>
internal sealed partial class InferenceHandler(
    ServingTableHolder tables, IPredictionSink sink, IMirrorQueue mirrors, InferenceSettings settings, ILogger<InferenceHandler> log)
{
    public const string RoutingKeyHeader = "X-Routing-Key";
    public const string ResponseVersionHeader = "X-Response-Version";

    public Task Predict(HttpContext context) => Handle(context, PayloadForm.Rows);

    public Task Infer(HttpContext context) => Handle(context, PayloadForm.Tensors);

    private async Task Handle(HttpContext context, PayloadForm form)
    {
        try
        {
            if (!HttpMethods.IsPost(context.Request.Method))
            {
                context.Response.Headers.Allow = "POST";
                throw new RequestException(StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} is not for this address; use POST");
            }

            using var body = await RequestBody.Read(context, settings.MaxBodyBytes);
            await Answer(context, form, body);
        }
        catch (PredictionException cause)
        {
            await ErrorAnswer.Write(context, cause);
        }
        catch (RequestException cause)
        {
            await ErrorAnswer.Write(context, cause.Status, cause.Message);
        }
        catch (BadHttpRequestException cause)
        {
            var isTooLarge = cause.StatusCode == StatusCodes.Status413PayloadTooLarge;
            await ErrorAnswer.Write(context, cause.StatusCode, isTooLarge ? RequestBody.TooLargeSentence(settings.MaxBodyBytes) : cause.Message);
        }
        catch (Exception cause) when (context.RequestAborted.IsCancellationRequested)
        {
            LogAborted(log, cause.Message);
        }
        catch (Exception cause)
        {
            LogFailed(log, cause, context.Request.Path);
            await ErrorAnswer.Write(context, StatusCodes.Status500InternalServerError, "internal error");
        }
    }

    private async Task Answer(HttpContext context, PayloadForm form, RequestBody body)
    {
        var started = Stopwatch.GetTimestamp();
        var model = (string)context.Request.RouteValues["model"]!;
        var wanted = (string?)context.Request.RouteValues.GetValueOrDefault("version");
        var predictionId = Guid.CreateVersion7().ToString();
        var envelope = ReadEnvelope(form, body, model, wanted, predictionId);
        var unit = envelope.RoutingKey ?? HeaderOf(context.Request, RoutingKeyHeader) ?? envelope.Id ?? predictionId;
        using var choice = VersionChoice.Take(tables, model, wanted, unit);
        var version = choice.Version;
        context.Response.Headers["X-Model-Version"] = version.VersionText;
        context.Response.Headers["X-Model-Role"] = choice.Role == TrafficRole.Champion ? "champion" : "challenger";
        var batch = version.Rent();
        var answer = AnswerBuffer.Rent();
        try
        {
            var answerForm = envelope.ChooseForm(version, HeaderOf(context.Request, ResponseVersionHeader), choice.ChampionMajor);
            envelope.ReadInto(version.Plan, batch);
            await version.RunInTime(batch);
            var jsonLength = envelope.WriteAnswer(answer, version, answerForm, batch, predictionId);
            sink.Record(Counting.Answered(version, choice.Role, batch, Stopwatch.GetElapsedTime(started)));
            await Send(context.Response, answer, jsonLength);
            Mirror(choice, form, body, batch);
        }
        catch (PredictionException cause)
        {
            sink.Record(Counting.Failed(version, choice.Role, cause.Kind, Stopwatch.GetElapsedTime(started)));
            throw;
        }
        finally
        {
            AnswerBuffer.Return(answer);
            version.Return(batch);
        }
    }

    public static string? HeaderOf(HttpRequest request, string name) => request.Headers[name] is { Count: > 0 } values ? values.ToString() : null;

    /// <summary>A body that cannot even be routed counts for the version that would have answered.</summary>
    private PayloadEnvelope ReadEnvelope(PayloadForm form, RequestBody body, string model, string? wanted, string predictionId)
    {
        try
        {
            return PayloadEnvelope.Read(form, body.Memory, body.JsonBytes);
        }
        catch (PredictionException cause)
        {
            using var choice = VersionChoice.Take(tables, model, wanted, predictionId);
            sink.Record(Counting.Failed(choice.Version, choice.Role, cause.Kind, TimeSpan.Zero));
            throw;
        }
    }

    private static async Task Send(HttpResponse response, AnswerBuffer answer, int? jsonLength)
    {
        response.ContentType = jsonLength is null ? "application/json" : "application/octet-stream";
        if (jsonLength is { } length) response.Headers[RequestBody.JsonLengthHeader] = length.ToString(CultureInfo.InvariantCulture);
        response.ContentLength = answer.Bytes.WrittenCount;
        await response.BodyWriter.WriteAsync(answer.Bytes.WrittenMemory);
    }

    private void Mirror(VersionChoice choice, PayloadForm form, RequestBody body, PredictionBatch batch)
    {
        if (choice.MirroredTo.Count == 0) return;
        // One copy for all mirrors: the request's own memory goes back to the pool.
        var copy = body.Memory.ToArray();
        var (scores, decisions) = (batch.Scores.ToArray(), batch.DecisionsOfRows.ToArray());
        foreach (var version in choice.MirroredTo)
            mirrors.TryEnqueue(new(choice.Version.Model, version, form, copy, body.JsonBytes, scores, decisions));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request to {Path} failed")]
    private static partial void LogFailed(ILogger log, Exception cause, string path);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Client went away: {Reason}")]
    private static partial void LogAborted(ILogger log, string reason);
}
