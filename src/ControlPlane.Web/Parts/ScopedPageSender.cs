using ControlPlane.Web.Access;
using MediatR;

namespace ControlPlane.Web.Parts;

/// <summary>Sends in a fresh scope that acts for the caller of the circuit.</summary>
public sealed class ScopedPageSender(IServiceScopeFactory scopes, CurrentCaller current) : IPageSender
{
    public async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().ActFor(current.Caller);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }
}
