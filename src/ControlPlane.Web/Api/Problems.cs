using System.Text.Json;
using ControlPlane.UseCases.Pipeline;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Api;

/// <summary>Answers every fault of the API with problem details (RFC 9457); pages show their own.</summary>
public sealed class Problems(IProblemDetailsService details, ILogger<Problems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is overwritten by that of the error page when this is called.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path.Value ?? "";
        if (!path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) && exception is not BadHttpRequestException) return false;
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more; the code tells the access log so.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Of(exception);
        if (problem.Status >= 500) logger.LogError(exception, "{Method} {Path} was answered with {Status}.", httpContext.Request.Method, path, problem.Status);
        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "5";
        return await details.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails Of(Exception exception) => exception switch
    {
        RefusedException refusal => Of(refusal),
        JsonException fault => Of(JsonFault.Refusal(fault)),
        BadHttpRequestException { InnerException: JsonException fault } => Of(JsonFault.Refusal(fault)),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem(413, "The body has more bytes than are allowed here."),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } fault => Of(BindingFault.Refusal(fault)),
        BadHttpRequestException fault => Problem(fault.StatusCode, fault.Message),
        // The use case changed nothing; the caller may simply ask again.
        Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => Problem(409, "Somebody else changed it at the same moment. Nothing was changed; look again and repeat."),
        InvalidOperationException { InnerException: Microsoft.EntityFrameworkCore.DbUpdateException } => Problem(503, "The database was busy with the same thing. Nothing was changed; repeat it."),
        _ => Problem(500, "The server failed. Its log says why."),
    };

    private static ProblemDetails Of(RefusedException refusal)
    {
        var detail = refusal.Problems.Count > 1 ? string.Join("; ", refusal.Problems) : refusal.Message;
        var problem = Problem(Status(refusal.Kind), detail);
        if (refusal.Problems.Count > 0)
        {
            problem.Extensions["errors"] = refusal.Problems
                .GroupBy(each => each.Path)
                .ToDictionary(field => field.Key, field => field.Select(each => each.Sentence).ToArray());
        }

        return problem;
    }

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    private static ProblemDetails Problem(int status, string detail) => new() { Status = status, Detail = detail };
}
