using Microsoft.AspNetCore.WebUtilities;

namespace ControlPlane.Web.Api;

/// <summary>The detail of answers that no use case worded, such as those of routing and of access.</summary>
internal static class StatusSentence
{
    public static void Complete(ProblemDetailsContext context)
    {
        if (string.IsNullOrWhiteSpace(context.ProblemDetails.Detail))
            context.ProblemDetails.Detail = Of(context.HttpContext, context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode);
    }

    private static string Of(HttpContext http, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Nobody is signed in: send an API key as Authorization: Bearer, or sign in.",
        StatusCodes.Status403Forbidden => "The caller's role does not allow this.",
        StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}.",
        StatusCodes.Status405MethodNotAllowed => $"{http.Request.Method} is not possible at {http.Request.Path}; allowed: {string.Join(", ", http.Response.Headers.Allow.ToArray())}.",
        StatusCodes.Status415UnsupportedMediaType => "The body's Content-Type is not one that is taken here.",
        _ => $"The request was answered with {status} ({ReasonPhrases.GetReasonPhrase(status)}).",
    };
}
