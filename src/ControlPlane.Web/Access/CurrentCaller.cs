using ControlPlane.UseCases.Access;

namespace ControlPlane.Web.Access;

/// <summary>Who is asking in this scope: whoever was named (a schedule, a circuit's person), else whoever the HTTP request shows to be.</summary>
public sealed class CurrentCaller(IHttpContextAccessor http) : ICurrentCaller
{
    private Caller? _named;

    public Caller Caller => _named ?? (http.HttpContext is { } context ? CallerClaims.Of(context.User, Address(context)) : Caller.Anonymous);

    /// <summary>From now on this scope acts for the caller given.</summary>
    public void ActFor(Caller caller) => _named = caller;

    private static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}
