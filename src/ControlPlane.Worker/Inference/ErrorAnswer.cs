using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Writes an error as the protocol wants it: <c>{"error": "…"}</c>.</summary>
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

    public static async Task Write(HttpContext context, int status, string sentence)
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
            answer.Json.WriteStartObject();
            answer.Json.WriteString("error"u8, sentence);
            answer.Json.WriteEndObject();
            await answer.Json.FlushAsync();
            response.ContentLength = answer.Bytes.WrittenCount;
            await response.BodyWriter.WriteAsync(answer.Bytes.WrittenMemory, context.RequestAborted);
        }
        finally
        {
            AnswerBuffer.Return(answer);
        }
    }
}
