using System.Net;

namespace ControlPlane.Demo.Surface;

/// <summary>Web refused a call, or gave no answer that could be read (then there is no status).</summary>
public sealed class WebCallException(HttpStatusCode? status, string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same call may succeed later: Web is gone, starting, or has a trouble of its own.</summary>
    public bool MayPass => Status is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests;
}
