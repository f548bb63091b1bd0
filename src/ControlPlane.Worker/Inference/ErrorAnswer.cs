using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>
/// Writes an error as the protocol wants it, <c>{"error": "…"}</c>; for a payload with its problems one by one:
/// <c>"problems": [{"path", "rule", "value", "sentence"}]</c>, and <c>"more_problems"</c> when there are more than those.
/// </summary>
internal static class ErrorAnswer
{
    private const string RetryAfterSeconds = "1";

    public static int StatusOf(PredictionException cause) => cause.MayRetry ? StatusCodes.Status503ServiceUnavailable : cause.Kind switch
    {
        ErrorKind.Payload => StatusCodes.Status400BadRequest,
        ErrorKind.Engine or ErrorKind.NotFinite or ErrorKind.OutOfRange => StatusCodes.Status500InternalServerError,
        ErrorKind.Timeout => StatusCodes.Status504GatewayTimeout,
        ErrorKind.Overloaded => StatusCodes.Status503ServiceUnavailable,
    };

    public static Task Write(HttpContext context, PredictionException cause) => Write(context, StatusOf(cause), cause.Message, cause.Problems);

    public static async Task Write(HttpContext context, int status, string sentence, PayloadProblems? problems = null)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            // Half an answer is out already: a cut connection is the only way left to say that it is not whole.
            context.Abort();
            return;
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        if (status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = RetryAfterSeconds;
        var answer = AnswerBuffer.Rent();
        try
        {
            WriteBody(answer.Json, sentence, problems);
            await answer.Json.FlushAsync();
            response.ContentLength = answer.Bytes.WrittenCount;
            await response.BodyWriter.WriteAsync(answer.Bytes.WrittenMemory, context.RequestAborted);
        }
        finally
        {
            AnswerBuffer.Return(answer);
        }
    }

    public static void WriteBody(Utf8JsonWriter json, string sentence, PayloadProblems? problems)
    {
        json.WriteStartObject();
        json.WriteString("error"u8, sentence);
        if (problems is { Count: > 0 }) WriteProblems(json, problems);
        json.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter json, PayloadProblems problems)
    {
        json.WriteStartArray("problems"u8);
        foreach (var problem in problems.Kept)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, problem.Path);
            json.WriteString("rule"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.Rule.ToString()));
            json.WritePropertyName("value"u8);
            json.WriteRawValue(problem.Value ?? "null");
            json.WriteString("sentence"u8, problem.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (problems.More > 0) json.WriteNumber("more_problems"u8, problems.More);
    }
}
